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
  return drafts.map((draft) => ({ columns: draft.groups.flat(), demands: sorted(draft.demands) })).filter(isWorthwhile);
}

/** A flag or bounds behind what an index finds anyway are worth a column only if more than one place has them. */
function isWorthwhile({ demands }: Advice): boolean {
  const [first] = demands;
  if (first.kind !== 'composite' || first.severity !== 'hint' || first.selective) return true;
  return new Set(demands.map((demand) => demand.access.site)).size > 1;
}

function absorb(drafts: readonly Draft[], demand: Demand): boolean {
  for (const draft of drafts) {
    const merged = mergeWithin(draft.groups, demand.groups);
    if (!merged) continue;
    draft.groups = merged;
    draft.demands.push(demand);
    return true;
  }
  const narrowing = isNew(demand)
    ? drafts.find((draft) => isNew(draft.demands[0]) && narrows(draft, demand))
    : undefined;
  narrowing?.demands.push(demand);
  return narrowing !== undefined;
}

/** Its rows are found by no index today. */
function isNew({ kind }: Demand): boolean {
  return kind === 'key' || kind === 'filter';
}

/** The index to come finds few of the demand's rows: a second one with the same beginning would add little. */
function narrows({ groups: [lead = []] }: Draft, { groups: [pinned = []] }: Demand): boolean {
  return lead.every((name) => pinned.includes(name));
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
