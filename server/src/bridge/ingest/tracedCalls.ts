import type { QuerySite } from '#graph/projectGraph.ts';
import type { SentBy } from './sentBy.ts';

/** Holds back statements that a trace says are of one call: whoever sends one of them sends all. */
export interface TracedCalls {
  /** Those of one call come one after the other. */
  take(call: string, statement: SentBy): void;
  /** Counts those of the last call. */
  settle(): void;
}

/** A call for many rows sends its statements in many parts; so many tell enough. */
const MOST_TOGETHER = 1000;

export function createTracedCalls(): TracedCalls {
  let current: string | null = null;
  let together: SentBy[] = [];
  const settle = (): void => {
    const sites = commonSites(together);
    for (const { options, count } of together) {
      const left = options.filter(({ site }) => sites.has(site));
      count(left.length > 0 ? left : options, false);
    }
    together = [];
    current = null;
  };
  return {
    take: (call, statement) => {
      if (call !== current || together.length >= MOST_TOGETHER) settle();
      current = call;
      together.push(statement);
    },
    settle,
  };
}

/** Of statements nobody is known to send nothing is said. */
function commonSites(statements: readonly SentBy[]): ReadonlySet<QuerySite> {
  const known = statements.map(({ options }) => options.map(({ site }) => site)).filter(({ length }) => length > 0);
  const [first = [], ...further] = known;
  return new Set(first.filter((site) => further.every((sites) => sites.includes(site))));
}
