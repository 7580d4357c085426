import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import fc from 'fast-check';
import type { SchemaModel } from '#schema/schemaModel.ts';
import { compileCall, type Statement } from '#sql/compileCall.ts';
import type { Call, PrismaCompiler } from '#sql/prismaCompiler.ts';
import { generatedCalls } from '../arbitrary/calls.ts';
import { nameOf } from './compareCalls.ts';
import { type Client, type LiveClient, make } from './liveClient.ts';
import { compare } from './sameStatements.ts';

/** Other calls and more of them: `RUNS=5000 SEED=7 node --test test/sql/generatedCalls.test.ts`. */
const SEED = Number(process.env.SEED ?? 20260101);
/** At most so many in a hundred may be calls that Prisma does not take, or little would be compared. */
const REFUSED_PERCENT = 25;
const REFUSED = 'refused by both';

/** Makes calls from a schema, makes them, and holds what was sent to what is compiled; a call that differs is cut down and printed. */
export async function compareGenerated(
  t: TestContext,
  live: LiveClient,
  compiler: PrismaCompiler,
  schema: SchemaModel,
  usualRuns: number,
): Promise<void> {
  const runs = Number(process.env.RUNS ?? usualRuns);
  const counts = new Map<string, number>();
  const property = fc.asyncProperty(generatedCalls(schema, 2), async (call) => {
    const kind = await outcome(live, compiler, call);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  });
  await fc.assert(property, { numRuns: runs, seed: SEED, reporter: failIfDifferent });
  t.diagnostic(`${runs} calls: ${[...counts].map(([kind, count]) => `${count} ${kind}`).join(', ')}`);
  assert.ok((counts.get(REFUSED) ?? 0) <= (runs * REFUSED_PERCENT) / 100, 'too many calls are refused');
}

class Undone extends Error {}

/** Makes the call in a transaction that is then undone, so that all calls find the same rows. */
async function outcome(live: LiveClient, compiler: PrismaCompiler, call: Call): Promise<string> {
  let result: unknown = null;
  const undone = async (client: Client) => {
    result = await make(call, client);
    throw new Undone();
  };
  const sent = await live.run((client) => client.$transaction(undone));
  const error = sent.error instanceof Undone ? null : sent.error;
  const compiled = compiledOrRefused(compiler, call);
  if (compiled === null) {
    assert.ok(error && sent.statements.length === 0, `the compiler alone refuses\n${sent.statements.join('\n')}`);
    return REFUSED;
  }
  assert.ok(error?.name !== 'PrismaClientValidationError', `the client alone refuses: ${error?.message}`);
  const comparison = compare({ ...sent, result, error }, compiled, call.args);
  if (typeof comparison === 'object') assert.fail(comparison.mismatch);
  return error ? `${comparison} and an error` : comparison;
}

function compiledOrRefused(compiler: PrismaCompiler, call: Call): readonly Statement[] | null {
  try {
    return compileCall(compiler, call);
  } catch {
    return null;
  }
}

function failIfDifferent({
  failed,
  counterexample,
  seed,
  counterexamplePath,
  errorInstance,
}: fc.RunDetails<[Call]>): void {
  if (!failed) return;
  const call = counterexample?.[0];
  const message = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  assert.fail(`seed ${seed}, path ${counterexamplePath}: ${call ? nameOf(call) : 'no call'}\n${message}`);
}
