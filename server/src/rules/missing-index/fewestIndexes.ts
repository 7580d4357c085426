import type { Demand } from './demands.ts';
import { mergeWithin } from './merge.ts';

/** An index to come, its columns as far as they are in order, and what it is for. */
export interface Draft {
  readonly groups: Demand['groups'];
  readonly demands: readonly [Demand, ...Demand[]];
}

/** Drafts, with how many demands find their rows by one that does not serve them whole. */
interface Plan {
  readonly drafts: readonly Draft[];
  readonly narrowed: number;
}

const NOTHING: Plan = { drafts: [], narrowed: 0 };

/** Plans looked at before the best so far is taken: models with more than some ten different demands may come to it. */
const MOST_STEPS = 5000;

/**
 * As few indexes as serve all demands, which come heaviest first, and of such sets one that serves most of them whole. It is the set found by
 * giving each demand to the first index that takes it, unless a search through the ways to share them out finds a better one.
 */
export function fewestIndexes(demands: readonly Demand[]): readonly Draft[] {
  const alike = [...Map.groupBy(demands, keyOf).values()].flatMap(([first, ...rest]) =>
    first ? [{ groups: first.groups, demands: [first, ...rest] } as const] : [],
  );
  let best = alike.reduce<Plan>((plan, each) => placements(plan, each)[0] ?? plan, NOTHING);
  let steps = 0;
  const search = (plan: Plan, at: number): void => {
    if (!isBetter(plan, best) || ++steps > MOST_STEPS) return;
    const next = alike[at];
    if (next) for (const placed of placements(plan, next)) search(placed, at + 1);
    else best = plan;
  };
  search(NOTHING, 0);
  return best.drafts;
}

function isBetter(a: Plan, b: Plan): boolean {
  return (a.drafts.length - b.drafts.length || a.narrowed - b.narrowed) < 0;
}

function keyOf(demand: Demand): string {
  return JSON.stringify([isNew(demand), demand.groups]);
}

/** What a plan becomes where a demand is added: to a draft that can take it, else to one that narrows enough, or as one more. */
function placements({ drafts, narrowed }: Plan, added: Draft): readonly Plan[] {
  const put = (at: number, draft: Draft, groups: Draft['groups']): readonly Draft[] =>
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
function narrows(draft: Draft, added: Draft): boolean {
  const [[lead = []], [pinned = []]] = [draft.groups, added.groups];
  return isNew(draft.demands[0]) && isNew(added.demands[0]) && lead.every((name) => pinned.includes(name));
}

/** Its rows are found by no index today. */
function isNew({ kind }: Demand): boolean {
  return kind === 'key' || kind === 'filter';
}
