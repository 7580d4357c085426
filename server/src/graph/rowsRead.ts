import { allNames } from './describe.ts';
import { filterBound } from './filterBound.ts';
import { objectKeys } from './objectKeys.ts';
import type { ProjectGraph, QuerySite } from './projectGraph.ts';

/** How many rows a list query reads, in words, and what bounds them. */
export interface RowsRead {
  /** `page`: its `take`. `keys`: as many as keys are given. `some`: what is like `fields`. `loose`: a filter of flags and text. `all`: no filter. */
  readonly bound: 'page' | 'keys' | 'some' | 'loose' | 'all' | 'unknown';
  readonly fields: readonly string[];
  readonly text: string;
}

/** Says what a `findMany` reads. */
export function rowsRead(graph: ProjectGraph, site: QuerySite): RowsRead {
  const { keys, open } = objectKeys(graph, site.args ? { file: site.file, value: site.args } : null);
  if (keys.has('take')) return { bound: 'page', fields: [], text: 'a page of rows' };
  const filter = open ? ({ kind: 'unknown' } as const) : filterBound(graph, site);
  switch (filter.kind) {
    case 'keys':
      return { bound: 'keys', fields: [], text: 'a row for each key given' };
    case 'narrowed': {
      const { fields } = filter;
      return { bound: 'some', fields, text: `every row with that ${allNames(fields)}` };
    }
    case 'unknown':
      return { bound: 'unknown', fields: [], text: 'every row its filter lets through' };
    case 'none':
      return keys.has('where')
        ? { bound: 'loose', fields: [], text: 'every row its filter lets through' }
        : { bound: 'all', fields: [], text: 'every row of its table' };
  }
}
