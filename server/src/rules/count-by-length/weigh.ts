import { modelSize } from '#graph/modelSize.ts';
import { objectKeys } from '#graph/objectKeys.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { argument } from '#graph/queryArgs.ts';
import { rowsRead } from '#graph/rowsRead.ts';
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
  if (size === 'small') return null;
  const { bound, fields, text } = rowsRead(graph, site);
  switch (bound) {
    case 'page':
      return takesFew(graph, site) ? null : { text, severity: 'hint' };
    case 'keys':
      return selects(graph, site) ? null : { text, severity: 'hint' };
    case 'some':
      return { text, severity: size === 'growing' && fields.length === 1 ? 'warning' : 'info' };
    case 'unknown':
      return { text, severity: 'hint' };
    case 'loose':
    case 'all':
      return { text, severity: 'warning' };
  }
}

/** Rows up to which counting them in the program is as good. */
const FEW = 10;

function takesFew(graph: ProjectGraph, site: QuerySite): boolean {
  const take = argument(graph, site, 'take')?.value;
  return take?.kind === 'literal' && typeof take.value === 'number' && Math.abs(take.value) <= FEW;
}

function selects(graph: ProjectGraph, { file, args }: QuerySite): boolean {
  return args !== null && objectKeys(graph, { file, value: args }).keys.has('select');
}
