import type { Ask, ReadAsk } from '#graph/asks/asks.ts';
import { printed } from '#graph/asks/terms.ts';
import { isBatchableOperation } from '#graph/batching.ts';
import { groupsOf } from '#graph/groups.ts';
import { isInside } from '#graph/places.ts';
import type { BranchFact, CallFact } from '#syntax/facts.ts';

/** Reads that are made again though the answers are there: those of two calls, paired. */
export interface Repeat {
  readonly first: ReadAsk;
  readonly again: readonly [ReadAsk, ...ReadAsk[]];
}

/** Pairs each call with the nearest one before it that asked the same; `asks` are those of one run, in order. */
export function repeatsIn(asks: readonly Ask[]): readonly Repeat[] {
  return byCalls(
    asks.flatMap((ask, index) => {
      const first = ask.kind === 'read' ? earlier(asks.slice(0, index), ask) : null;
      return ask.kind === 'read' && first ? [{ first, again: ask }] : [];
    }),
  );
}

/** Pairs what one function asks with what another asked before it on behalf of the same request. */
export function repeatsAcross(before: readonly ReadAsk[], after: readonly ReadAsk[]): readonly Repeat[] {
  const isCertain = ({ conditional, by }: ReadAsk) => !conditional && by.branches.length === 0;
  const known = new Map(before.filter(isCertain).map((ask) => [keyOf(ask), ask]));
  return byCalls(
    after.flatMap((again) => {
      const first = again.conditional ? undefined : known.get(keyOf(again));
      return first && !isOtherClient(first, again) ? [{ first, again }] : [];
    }),
  );
}

function byCalls(pairs: readonly { readonly first: ReadAsk; readonly again: ReadAsk }[]): readonly Repeat[] {
  return groupsOf(pairs, ({ again }) => again.by).map(([{ first, again }, ...others]) => ({
    first,
    again: [again, ...others.map((other) => other.again)],
  }));
}

/** The read that has the answer already; null where there is none, or where it may have changed since. */
function earlier(before: readonly Ask[], again: ReadAsk): ReadAsk | null {
  const key = keyOf(again);
  for (const ask of before.toReversed()) {
    if (ask.by === again.by) {
      if (ask.kind === 'write' && mayChange(ask.models, again)) return null;
      continue;
    }
    if (ask.kind === 'write') {
      if (mayChange(ask.models, again) && !areApart(ask.by, again.by)) return null;
    } else if (keyOf(ask) === key && isSure(ask, again)) return ask;
  }
  return null;
}

function mayChange(models: ReadonlySet<string> | null, { site }: ReadAsk): boolean {
  return models === null || (site.model !== null && models.has(site.model.name));
}

/** What is asked: the same for reads with the same answer. */
function keyOf({ site, arguments: given }: ReadAsk): string {
  return `${site.schema.path} ${site.model?.name}.${site.operation} ${printed(given)}`;
}

/** Whenever the later call is made, both ask. */
function isSure(ask: ReadAsk, again: ReadAsk): boolean {
  if (ask.conditional || again.conditional || areJoined(ask, again)) return false;
  if (isOtherClient(ask, again)) return false;
  // `find(…) ?? find(…)` asks again because nothing was found.
  if (again.by.branches.some(({ kind, test }) => kind === 'catch' || isInside(ask.by.span, test))) return false;
  return ask.by.branches.every((branch, index) => isSame(branch, again.by.branches[index]));
}

function isSame(a: BranchFact, b: BranchFact | undefined): boolean {
  if (a.kind === 'conditional') return false;
  return b !== undefined && a.kind === b.kind && a.test.start === b.test.start && a.test.end === b.test.end;
}

/** One of them asks a copy of the database that may lag behind. */
function isOtherClient(a: ReadAsk, b: ReadAsk): boolean {
  return isReplica(a) !== isReplica(b);
}

function isReplica({ site: { facts, client } }: ReadAsk): boolean {
  const name = client.root.kind === 'import' ? (facts.imports[client.root.import]?.local ?? '') : '';
  return [name, ...client.path].some((step) => /read|replica|secondary/i.test(step));
}

/** Prisma makes one query of equal calls that start in the same tick. */
function areJoined(a: ReadAsk, b: ReadAsk): boolean {
  const { operation, schema } = a.site;
  return isBatchableOperation(operation, schema.prismaMajor) && !a.by.awaited && !b.by.awaited;
}

/** Two calls stand in branches of which at most one is taken. */
function areApart(a: CallFact, b: CallFact): boolean {
  return a.branches.some(({ kind, test }) => {
    const other = b.branches.find((each) => each.test.start === test.start && each.test.end === test.end);
    return other !== undefined && other.kind !== kind;
  });
}
