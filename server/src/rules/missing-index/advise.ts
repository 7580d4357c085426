import { SEVERITIES } from '#shared/finding.ts';
import type { Demand, DemandKind } from './demands.ts';
import { mergeWithin } from './merge.ts';

/** One index to add and everything it serves, the strongest reason first. */
export interface Advice {
  readonly columns: readonly string[];
  readonly demands: readonly [Demand, ...Demand[]];
}

/** What decides the order of an index comes first: what has no index at all, then what would only be better. */
const KINDS: readonly DemandKind[] = ['key', 'filter', 'sort', 'range', 'maybe', 'composite'];

interface Draft {
  groups: Demand['groups'];
  readonly demands: [Demand, ...Demand[]];
}

/** The smallest set of indexes that serves a model's demands, extending one before adding another. */
export function adviseIndexes(demands: readonly Demand[]): readonly Advice[] {
  const drafts: Draft[] = [];
  for (const demand of [...demands].sort(byWeight)) {
    if (!absorb(drafts, demand)) drafts.push({ groups: demand.groups, demands: [demand] });
  }
  return drafts.map((draft) => ({ columns: draft.groups.flat(), demands: sorted(draft.demands) }));
}

function absorb(drafts: readonly Draft[], demand: Demand): boolean {
  for (const draft of drafts) {
    const merged = mergeWithin(draft.groups, demand.groups);
    if (!merged) continue;
    draft.groups = merged;
    draft.demands.push(demand);
    return true;
  }
  return demand.kind === 'composite' && drafts.some((draft) => narrows(draft, demand));
}

/** A new index that finds few rows leaves nothing for a better one to do, unless it is to give the order too. */
function narrows(draft: Draft, demand: Demand): boolean {
  const [lead] = draft.groups;
  const isNew = draft.demands[0].kind === 'key' || draft.demands[0].kind === 'filter';
  const pinned = demand.groups[0] ?? [];
  return isNew && demand.severity === 'hint' && (lead ?? []).every((name) => pinned.includes(name));
}

function byWeight(a: Demand, b: Demand): number {
  return (
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    a.groups.flat().length - b.groups.flat().length
  );
}

function sorted(demands: readonly [Demand, ...Demand[]]): Advice['demands'] {
  const [first, ...rest] = [...demands].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
  );
  return first ? [first, ...rest] : demands;
}
