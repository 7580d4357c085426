import { inWords } from '#graph/describe.ts';
import { servingIndexes } from '#graph/lookups/servingIndexes.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';

/** What to look at first. */
export function advice(graph: ProjectGraph, site: QuerySite): string {
  if (site.access === 'write')
    return 'Look at what it waits for: locks of other transactions, and the indexes and triggers of the table.';
  const { fields, indexes } = servingIndexes(graph, site);
  if (fields.length > 0 && indexes.length === 0)
    return `No index serves its lookup by ${inWords(fields.map((name) => `\`${name}\``))}: begin there.`;
  return 'Look at its plan (`querylens explain FILE:LINE`) and at how many rows it reads.';
}
