import { filterBound } from '#graph/filterBound.ts';
import { modelSize } from '#graph/modelSize.ts';
import { objectKeys } from '#graph/objectKeys.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { argument } from '#graph/queryArgs.ts';
import type { Severity } from '#shared/finding.ts';
import type { ProjectSettings } from '#shared/settings.ts';

/** What is read for the number, and how much that matters. */
export interface Rows {
  readonly text: string;
  readonly severity: Severity;
}

/** Null where hardly more is read than the number: `take: 1`, a small table, the ids of ids. */
export function weigh(graph: ProjectGraph, site: QuerySite, project: ProjectSettings): Rows | null {
  if (!site.model) return null;
  const size = modelSize(graph, site.model, project);
  const { keys, open } = objectKeys(graph, site.args ? { file: site.file, value: site.args } : null);
  if (size === 'small') return null;
  if (keys.has('take')) {
    const take = argument(graph, site, 'take')?.value;
    const few = take?.kind === 'literal' && typeof take.value === 'number' && Math.abs(take.value) <= FEW;
    return few ? null : { text: 'a page of rows', severity: 'hint' };
  }
  if (open) return { text: 'every row its filter lets through', severity: 'hint' };
  const filter = filterBound(graph, site);
  switch (filter.kind) {
    case 'keys':
      return keys.has('select') ? null : { text: 'a row for each key given', severity: 'hint' };
    case 'narrowed':
      return {
        text: `every row with that ${filter.fields.map((field) => `\`${field}\``).join(', ')}`,
        severity: size === 'growing' && filter.fields.length === 1 ? 'warning' : 'info',
      };
    case 'unknown':
      return { text: 'every row its filter lets through', severity: 'info' };
    case 'none':
      return {
        text: keys.has('where') ? 'every row its filter lets through' : 'every row of its table',
        severity: 'warning',
      };
  }
}

/** Rows up to which counting them in the program is as good. */
const FEW = 10;
