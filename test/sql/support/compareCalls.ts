import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { compileCall } from '#sql/compileCall.ts';
import type { Call, PrismaCompiler } from '#sql/prismaCompiler.ts';
import { type LiveClient, make } from './liveClient.ts';
import { compare } from './sameStatements.ts';

/** A call in short; one that fails is meant to, as a lookup of a row that is not there does. */
export type WrittenCall = readonly [
  model: string,
  operation: string,
  args?: Readonly<Record<string, unknown>>,
  expected?: { readonly fails: true },
];

/** Makes every call on the same database, one after the other, and holds what was sent to what is compiled. */
export async function compareCalls(
  t: TestContext,
  live: LiveClient,
  compiler: PrismaCompiler,
  calls: readonly WrittenCall[],
): Promise<void> {
  const counts = new Map<string, number>();
  for (const [model, operation, args = {}, { fails = false } = {}] of calls) {
    const call = { model, operation, args };
    await t.test(nameOf(call), async () => {
      const sent = await live.run((client) => make(call, client));
      const comparison = compare(sent, compileCall(compiler, call), args);
      if (typeof comparison === 'object') assert.fail(comparison.mismatch);
      assert.equal(sent.error !== null, fails, sent.error?.message);
      counts.set(comparison, (counts.get(comparison) ?? 0) + 1);
    });
  }
  t.diagnostic(`${calls.length} calls: ${[...counts].map(([kind, count]) => `${count} ${kind}`).join(', ')}`);
}

export function nameOf({ model, operation, args }: Call): string {
  const written = JSON.stringify(args, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
  return `${model}.${operation} ${written.slice(0, 1000)}`;
}
