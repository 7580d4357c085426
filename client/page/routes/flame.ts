import type { ReportedRoute, ReportedTerm, ReportPlace } from '#shared/report.ts';

/** A call on the way to queries, or a query; what it asks is as wide as its part of all that one request asks. */
export interface FlameBar extends ReportPlace {
  readonly name: string;
  /** Null for a call, which only leads to queries. */
  readonly term: ReportedTerm | null;
  /** Executions in one request. */
  readonly weight: number;
  /** Where it begins and how wide it is, as parts of 1. */
  readonly start: number;
  readonly width: number;
  readonly bars: readonly FlameBar[];
}

/** How many elements a list counts for where neither the code nor a measurement says. */
export const UNKNOWN_LIST = 10;

/** The queries of one request below the calls that lead to them, in the order in which they run. */
export function flameOf(route: Pick<ReportedRoute, 'terms' | 'letters' | 'measured'>): readonly FlameBar[] {
  const weigh = weigher(route);
  const roots: Node[] = [];
  for (const term of route.terms) {
    const siblings = term.via.reduce((level, call) => nodeFor(level, call).nodes, roots);
    siblings.push({ name: term.name, place: term, term, weight: weigh(term), nodes: [] });
  }
  const total = roots.reduce((sum, node) => sum + weightOf(node), 0);
  return placed(roots, 0, total === 0 ? 1 : total);
}

/** Calls of Prisma in one request by the code alone, with lists of unknown length counted for {@link UNKNOWN_LIST} elements. */
export function callsByCode({ terms, letters }: Pick<ReportedRoute, 'terms' | 'letters'>): number {
  const sizes = sizesOf(letters);
  return terms.reduce((sum, { times }) => sum + timesOf(times, sizes), 0);
}

interface Node {
  readonly name: string;
  readonly place: ReportPlace;
  readonly term: ReportedTerm | null;
  /** Its own; calls have none. */
  readonly weight: number;
  readonly nodes: Node[];
}

function nodeFor(level: Node[], call: ReportedTerm['via'][number]): Node {
  const known = level.find(
    ({ name, place, term }) =>
      term === null &&
      name === call.name &&
      place.file === call.file &&
      place.line === call.line &&
      place.column === call.column,
  );
  if (known) return known;
  const node: Node = { name: call.name, place: call, term: null, weight: 0, nodes: [] };
  level.push(node);
  return node;
}

function weightOf({ weight, nodes }: Node): number {
  return nodes.reduce((sum, node) => sum + weightOf(node), weight);
}

function placed(nodes: readonly Node[], before: number, total: number): readonly FlameBar[] {
  let start = before;
  return nodes.map((node) => {
    const { name, term, place } = node;
    const { file, line, column } = place;
    const weight = weightOf(node);
    const width = weight / total;
    const bar = { name, term, file, line, column, weight, start, width, bars: placed(node.nodes, start, total) };
    start += width;
    return bar;
  });
}

/** As it was seen where the query stands in one term alone; else as the formula says it. */
function weigher({ terms, letters, measured }: Pick<ReportedRoute, 'terms' | 'letters' | 'measured'>) {
  const sizes = sizesOf(letters);
  const seen = new Map(measured?.sites.map(({ site, perRequest }) => [site, perRequest]));
  const termsOf = Map.groupBy(terms, ({ query }) => query);
  return ({ query, times }: ReportedTerm): number =>
    (termsOf.get(query)?.length === 1 ? seen.get(query) : undefined) ?? timesOf(times, sizes);
}

function sizesOf(letters: ReportedRoute['letters']): ReadonlyMap<string, number> {
  return new Map(letters.map(({ letter, most }) => [letter, most ?? UNKNOWN_LIST]));
}

function timesOf(times: string, sizes: ReadonlyMap<string, number>): number {
  return times.split('·').reduce((product, factor) => {
    const number = Number(factor);
    return product * (Number.isNaN(number) ? (sizes.get(factor) ?? UNKNOWN_LIST) : number);
  }, 1);
}
