import type { Demand } from './demands.ts';
import { mergeWithin } from './merge.ts';

/** What decides which index serves a demand. */
export type Need = Pick<Demand, 'kind' | 'groups'>;

/** An index to come, its columns as far as they are in order, and what it is for. */
export interface Draft<Each extends Need = Demand> {
  readonly groups: Need['groups'];
  readonly demands: readonly [Each, ...Each[]];
}

/** Drafts, with how many demands find their rows by one that does not serve them whole. */
interface Plan<Each extends Need> {
  readonly drafts: readonly Draft<Each>[];
  readonly narrowed: number;
}

const NOTHING = { drafts: [], narrowed: 0 };

/** Plans looked at before the best so far is taken, some 25 ms: models with more than ten different demands may come to it. */
const MOST_STEPS = 1000;

/**
 * As few indexes as serve all demands, which come heaviest first, and of such sets one that serves most of them whole. It is the set found by
 * giving each demand to the first index that takes it, unless a search through the ways to share them out finds a better one.
 */
export function fewestIndexes<Each extends Need>(demands: readonly Each[]): readonly Draft<Each>[] {
  const alike = [...Map.groupBy(demands, keyOf).values()].flatMap(([first, ...rest]) =>
    first ? [{ groups: first.groups, demands: [first, ...rest] } as const] : [],
  );
  let best = alike.reduce<Plan<Each>>((plan, each) => placements(plan, each)[0] ?? plan, NOTHING);
  let steps = 0;
  const search = (plan: Plan<Each>, at: number): void => {
    if (!isBetter(plan, best) || ++steps > MOST_STEPS) return;
    const next = alike[at];
    if (next) for (const placed of placements(plan, next)) search(placed, at + 1);
    else best = plan;
  };
  search(NOTHING, 0);
  return best.drafts;
}

function isBetter(a: Plan<Need>, b: Plan<Need>): boolean {
  return (a.drafts.length - b.drafts.length || a.narrowed - b.narrowed) < 0;
}

function keyOf(demand: Need): string {
  return JSON.stringify([isNew(demand), demand.groups]);
}

/** What a plan becomes where a demand is added: to a draft that can take it, else to one that narrows enough, or as one more. */
function placements<Each extends Need>({ drafts, narrowed }: Plan<Each>, added: Draft<Each>): readonly Plan<Each>[] {
  const put = (at: number, draft: Draft<Each>, groups: Need['groups']): readonly Draft<Each>[] =>
    drafts.with(at, { groups, demands: [...draft.demands, ...added.demands] });
  const merged = drafts.flatMap((draft, at) => {
    const groups = mergeWithin(draft.groups, added.groups);
    return groups ? [{ drafts: put(at, draft, groups), narrowed }] : [];
  });
  const narrowing = drafts.flatMap((draft, at) =>
    merged.length === 0 && narrows(draft, added)
      ? [{ drafts: put(at, draft, draft.groups), narrowed: narrowed + added.demands.length }]
      : [],
  );
  return [...merged, ...narrowing.slice(0, 1), { drafts: [...drafts, added], narrowed }];
}

/** The index to come finds few of the demand's rows: a second one with the same beginning would add little. */
function narrows(draft: Draft<Need>, added: Draft<Need>): boolean {
  const [[lead = []], [pinned = []]] = [draft.groups, added.groups];
  return isNew(draft.demands[0]) && isNew(added.demands[0]) && lead.every((name) => pinned.includes(name));
}

/** Its rows are found by no index today. */
function isNew({ kind }: Need): boolean {
  return kind === 'key' || kind === 'filter';
}
