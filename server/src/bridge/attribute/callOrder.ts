import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { CallFact } from '#syntax/facts.ts';

/** Which calls of a project always come after which. */
export interface CallOrder {
  /** Calls of the same function that have always ended when this one begins, nearest first. */
  before(site: QuerySite): readonly QuerySite[];
}

/** More than the nearest tell nothing new. */
const MOST = 3;

export function callOrder(graph: ProjectGraph): CallOrder {
  const known = new Map<QuerySite, readonly QuerySite[]>();
  const find = (site: QuerySite): readonly QuerySite[] => {
    const others = graph.sitesIn(site.function.id).filter((other) => other !== site && isBefore(other, site));
    return others.toSorted((a, b) => b.call.nameSpan.start - a.call.nameSpan.start).slice(0, MOST);
  };
  return {
    before: (site) => {
      const found = known.get(site) ?? find(site);
      known.set(site, found);
      return found;
    },
  };
}

/** Nothing else that takes its time is waited for between them: a call of another service may take longer than anybody looks back. */
function isBefore(first: QuerySite, { call, facts }: QuerySite): boolean {
  const { call: before } = first;
  if (!before.awaited || before.span.end > call.span.start || first.fluent.length > 0) return false;
  if (!isSame(before.loops, call.loops) || !isUnder(before, call)) return false;
  return !facts.calls.some(
    (other) =>
      other.function === call.function &&
      other.awaited &&
      other.span.start > before.span.end &&
      other.span.end < call.span.start &&
      !/^(?:find|count|aggregate|groupBy|create|update|upsert|delete)/.test(other.callee.path.at(-1) ?? ''),
  );
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}

/** Whoever reaches the second has run through the first; what is caught may have come from before it. */
function isUnder(first: CallFact, second: CallFact): boolean {
  const under = second.branches;
  const rescued = under.slice(first.branches.length).some(({ kind }) => kind === 'catch' || kind === 'finally');
  return (
    !rescued && first.branches.every(({ of, part }, index) => under[index]?.of === of && under[index]?.part === part)
  );
}
