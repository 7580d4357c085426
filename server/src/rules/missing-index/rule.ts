import { z } from 'zod';
import { groupsOf } from '#graph/groups.ts';
import { lookupsOf } from '#graph/lookups/lookups.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { ProjectSettings } from '#shared/settings.ts';
import { sqlLookups } from '#sql/parse/sqlLookups.ts';
import type { ParseSelects } from '#sql/parse/sqlParsers.ts';
import { defineRule } from '../rule.ts';
import { accessesOf } from './accesses.ts';
import { type Demand, demandsOf } from './demands.ts';
import { modelAdvice } from './modelAdvice.ts';
import { unusedKeys } from './unusedKeys.ts';

export const rule = defineRule({
  meta: {
    id: 'missing-index',
    finds: 'Foreign keys, filters and sort orders that no index of their model serves.',
    why: 'Without an index the database reads the whole table each time, which grows with every row ever added.',
    severity: 'warning',
    measuredBy: 'latency',
    stage: 'stable',
    preset: 'recommended',
    prismaCodes: [],
    needs: ['graph', 'queries', 'project', 'remember', 'parseDriverSql'],
    options: z.object({
      composite: z
        .boolean()
        .default(true)
        .describe('Also report indexes that find the rows but leave filtering or sorting to be done row by row.'),
      unusedKeys: z
        .boolean()
        .default(true)
        .describe('Also report foreign keys without an index that no query looks rows up by.'),
    }),
    messages: {
      key: {
        happens: 'No index of `{model}` begins with `{lead}`, the foreign key by which {queries} rows up.',
        costs: 'Each time the database reads the whole table: {provider} makes no index for a foreign key.',
        todo: 'Add `{line}` to `{model}`.',
      },
      filter: {
        happens: 'No index of `{model}` begins with `{lead}`, by which {queries} rows up.',
        costs: 'Each time the database reads the whole table to find a few rows.',
        todo: 'Add `{line}` to `{model}`.',
      },
      sort: {
        happens: 'No index gives the order by `{sorted}` in which {queries} the first rows of `{model}` up.',
        costs: 'Each time the database reads and sorts the whole table for a few rows.',
        todo: 'Add `{line}` to `{model}`.',
      },
      range: {
        happens: 'No index of `{model}` begins with `{lead}`, whose bounds {queries} rows up by.',
        costs: 'Each time the database reads the whole table, however narrow the bounds are.',
        todo: 'Add `{line}` to `{model}`.',
      },
      maybe: {
        happens: 'No index of `{model}` begins with `{lead}`, by which {queries} rows up when the caller asks for it.',
        costs: 'Then the database reads the whole table.',
        todo: 'If that is often, add `{line}` to `{model}`.',
      },
      composite: {
        happens: '{queries} `{model}` up by `{all}`; the index on `{behind}` serves only a part of that.',
        costs: 'The rows it finds are read one by one to be filtered{sorting}.',
        todo: 'Where these are many, add `{line}` to `{model}`{replacing}.',
      },
      unusedKey: {
        happens: 'No index of `{model}` begins with the foreign key `{lead}`.',
        costs:
          'No query in the code looks rows up by it, but deleting a `{parent}` makes the database read the whole table.',
        todo: 'Add `{line}` to `{model}` if rows of `{parent}` are ever deleted.',
      },
    },
  },
  *check({ graph, queries, project, remember, parseDriverSql }, options) {
    const demands = queries.flatMap((site) =>
      remember(site, () => demandsOfSite(graph, project, site, parseDriverSql)),
    );
    const groups = groupsOf(demands, ({ model }) => model);
    for (const report of groups.flatMap(modelAdvice))
      if (options.composite || report.messageId !== 'composite') yield report;
    const byModel = new Map(groups.map((group) => [group[0].model, group]));
    if (options.unusedKeys) yield* unusedKeys(queries, byModel, project);
  },
});

function demandsOfSite(
  graph: ProjectGraph,
  project: ProjectSettings,
  site: QuerySite,
  parse: ParseSelects,
): readonly Demand[] {
  if (site.function.role !== 'app') return [];
  return [...lookupsOf(graph, site), ...sqlLookups(graph, site, parse)]
    .flatMap((lookup) => accessesOf(lookup))
    .flatMap((access) => demandsOf(graph, project, access));
}
