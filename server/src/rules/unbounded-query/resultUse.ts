import type { QuerySite } from '#graph/projectGraph.ts';

/** What the code does with the list, as far as it changes what to do about it. */
export interface ResultUse {
  readonly kind: 'filter' | 'search' | 'rows';
  readonly advice: string;
}

/** Judged by what happens to the list as a whole in the function that asks for it. */
export function resultUse(site: QuerySite): ResultUse {
  const kind = kindOf(site);
  return { kind, advice: (site.driver ? SQL_ADVICE : ADVICE)[kind] };
}

const ADVICE: Readonly<Record<ResultUse['kind'], string>> = {
  filter: 'The rows are filtered in memory: put the condition into `where`, and cap what is left with `take`.',
  search: 'The rows are only searched in memory: put the condition into `where` and ask with `findFirst`.',
  rows: 'Read it page by page: `take` with a cap, and `cursor` with an `orderBy` on a unique key for the next page.',
};

const SQL_ADVICE: typeof ADVICE = {
  filter: 'The rows are filtered in memory: put the condition into `WHERE`, and cap what is left with a `LIMIT`.',
  search: 'The rows are only searched in memory: put the condition into `WHERE`, with `LIMIT 1`.',
  rows: 'Read it page by page: a `LIMIT`, an order by a unique key, and for the next page a condition on the last key seen.',
};

function kindOf(site: QuerySite): ResultUse['kind'] {
  const counted = site.call.usage.some((use) => use.kind === 'length');
  const methods = methodsOver(site);
  if (methods.length === 0 || counted) return 'rows';
  if (methods.every((name) => SEARCHING.test(name))) return 'search';
  return methods.every((name) => name === 'filter' || SEARCHING.test(name)) ? 'filter' : 'rows';
}

const SEARCHING = /^(find|findLast|some|every)$/;

/** The array methods that go over the list itself; a loop statement counts as one. */
function methodsOver({ call, facts }: QuerySite): readonly string[] {
  return facts.loops.flatMap(({ over, call: iterating, kind }) => {
    if (over?.kind !== 'reference' || over.to.root.kind !== 'call' || over.to.root.call !== call.index) return [];
    if (over.to.path.length > 0) return [];
    return [kind === 'callback' && iterating !== null ? (facts.calls[iterating]?.callee.path.at(-1) ?? '') : kind];
  });
}
