import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { compileBatch, compileCall, type Statement } from '#sql/compileCall.ts';
import type { Call, PrismaCompiler } from '#sql/prismaCompiler.ts';
import type { WrittenCall } from './compareCalls.ts';
import { type Client, type LiveClient, make } from './liveClient.ts';
import { compare } from './sameStatements.ts';

/** Several calls, and how the client is asked for them. */
export interface Together {
  readonly name: string;
  readonly way: Way;
  readonly calls: readonly WrittenCall[];
}

/**
 * `at once`: in one `Promise.all`, which makes one of lookups alike. `array transaction` and `interactive transaction`: handed to
 * `$transaction`. `at once in a transaction`: a `Promise.all` inside an interactive one.
 */
type Way = 'at once' | 'apart at once' | 'array transaction' | 'interactive transaction' | 'at once in a transaction';

/** Makes each group of calls, and holds what was sent to what is compiled. */
export async function compareTogether(
  t: TestContext,
  live: LiveClient,
  compiler: PrismaCompiler,
  groups: readonly Together[],
): Promise<void> {
  for (const { name, way, calls: written } of groups) {
    await t.test(`${way}: ${name}`, async () => {
      const calls = written.map(([model, operation, args = {}]): Call => ({ model, operation, args }));
      const sent = await live.run((client) => WAYS[way](client, calls));
      const comparison = compare(sent, compiled(compiler, way, calls), {});
      if (typeof comparison === 'object') assert.fail(comparison.mismatch);
      assert.equal(sent.error, null);
    });
  }
}

const WAYS: Readonly<Record<Way, (client: Client, calls: readonly Call[]) => Promise<unknown>>> = {
  'at once': (client, calls) => Promise.all(calls.map((call) => make(call, client))),
  'apart at once': (client, calls) => Promise.all(calls.map((call) => make(call, client))),
  'array transaction': (client, calls) => client.$transaction(calls.map((call) => make(call, client))),
  'interactive transaction': (client, calls) =>
    client.$transaction(async (tx: Client) => {
      const results: unknown[] = [];
      for (const call of calls) results.push(await make(call, tx));
      return results;
    }),
  'at once in a transaction': (client, calls) =>
    client.$transaction((tx: Client) => Promise.all(calls.map((call) => make(call, tx)))),
};

function compiled(compiler: PrismaCompiler, way: Way, calls: readonly Call[]): readonly Statement[] {
  return way === 'interactive transaction' || way === 'apart at once'
    ? calls.flatMap((call) => compileCall(compiler, call))
    : compileBatch(compiler, calls);
}
