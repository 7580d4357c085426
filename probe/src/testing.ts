import { type Watch, type WatchedCall, within } from './scope.ts';

/** Fails when `run` makes more than `max` queries: statements where `querylensComments` counts them, else calls. */
export async function expectQueries<Result>(
  run: () => Result | PromiseLike<Result>,
  { max }: { readonly max: number },
): Promise<Result> {
  const { calls, result } = await watched(run);
  if (max > 0) mustBeSeen(calls);
  const groups = bySite(calls);
  const total = groups.reduce((sum, { queries }) => sum + queries, 0);
  if (total > max) fail(`expected at most ${max} queries and saw ${total}`, groups);
  return result;
}

/** Fails when one call in the code sends its query more than `times` times (once, unless told): what a loop over rows does. */
export async function expectNoNPlusOne<Result>(
  run: () => Result | PromiseLike<Result>,
  { times = 1 }: { readonly times?: number } = {},
): Promise<Result> {
  const { calls, result } = await watched(run);
  mustBeSeen(calls);
  const repeated = bySite(calls).filter(({ rounds }) => rounds > times);
  if (repeated.length > 0) fail(`expected no call to be repeated more than ${times} times`, repeated);
  return result;
}

async function watched<Result>(run: () => Result | PromiseLike<Result>) {
  const watch: Watch = { calls: [] };
  const result = await within({ watch }, async () => run());
  return { calls: watch.calls, result };
}

function mustBeSeen(calls: readonly WatchedCall[]): void {
  if (calls.length === 0)
    throw new Error(
      'Querylens saw no query: wrap the client with withQuerylens, and mind that it is off with NODE_ENV=production',
    );
}

/** What one call in the code did. */
interface SiteCalls {
  readonly name: string;
  readonly place: string;
  readonly calls: number;
  /** How often it went to the database; calls that Prisma sent together count once. */
  readonly rounds: number;
  readonly queries: number;
}

function bySite(calls: readonly WatchedCall[]): readonly SiteCalls[] {
  const groups = new Map<string, WatchedCall[]>();
  for (const call of calls) {
    const place = placeOf(call);
    groups.set(place, [...(groups.get(place) ?? []), call]);
  }
  return [...groups].map(([place, group]) => describe(place, group)).sort((a, b) => b.rounds - a.rounds);
}

function placeOf({ call: { place, method } }: WatchedCall): string {
  const { site } = place;
  return site ? `${site.file}:${site.line}:${site.column}` : `${method.model}.${method.operation}`;
}

function describe(place: string, group: readonly WatchedCall[]): SiteCalls {
  const calls = group.map(({ call }) => call);
  const [first] = calls;
  const name = [first?.method.model, first?.method.operation].filter(Boolean).join('.');
  const rounds = first?.method.client.active
    ? calls.filter(({ statements }) => statements > 0).length
    : group.filter(({ joined }) => !joined).length;
  const queries = first?.method.client.active ? calls.reduce((sum, { statements }) => sum + statements, 0) : rounds;
  return { name, place, calls: group.length, rounds, queries };
}

function fail(what: string, groups: readonly SiteCalls[]): never {
  const lines = groups.map(
    ({ name, place, calls, rounds, queries }) =>
      `  ${name} at ${place}: ${calls} calls, ${rounds} times to the database, ${queries} queries`,
  );
  const error = new Error(`${what}:\n${lines.join('\n')}`);
  error.name = 'QueryExpectationError';
  throw error;
}
