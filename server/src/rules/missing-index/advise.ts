import { SEVERITIES } from '#shared/finding.ts';
import type { Demand, DemandKind } from './demands.ts';
import { type Draft, fewestIndexes } from './fewestIndexes.ts';

/** One index to add and everything it serves, the strongest reason first. */
export interface Advice {
  readonly columns: readonly string[];
  readonly demands: readonly [Demand, ...Demand[]];
}

/** What decides the order of an index comes first: what has no index at all, then what would only be better. */
const KINDS: readonly DemandKind[] = ['key', 'filter', 'sort', 'range', 'maybe', 'composite'];

/** The smallest set of indexes that serves a model's demands, as far as they are worth one. */
export function adviseIndexes(demands: readonly Demand[]): readonly Advice[] {
  return fewestIndexes(demands.toSorted(byWeight))
    .map((draft) => ({ columns: draft.groups.flat(), demands: sorted(draft.demands) }))
    .filter(isWorthwhile);
}

/** A flag or bounds behind what an index finds anyway are worth a column only if more than one place has them. */
function isWorthwhile({ demands }: Advice): boolean {
  const [first] = demands;
  if (first.kind !== 'composite' || first.severity !== 'hint' || first.selective) return true;
  return new Set(demands.map((demand) => demand.access.site)).size > 1;
}

function byWeight(a: Demand, b: Demand): number {
  return (
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    a.groups.flat().length - b.groups.flat().length
  );
}

function sorted(demands: Draft['demands']): Advice['demands'] {
  const [first, ...rest] = [...demands].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
  );
  return first ? [first, ...rest] : demands;
}
