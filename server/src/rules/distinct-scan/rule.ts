import { z } from 'zod';
import { allNames, describeSite } from '#graph/describe.ts';
import { queryPlace } from '#graph/places.ts';
import { defineRule } from '../rule.ts';
import { dropFix, groupByFix } from './groupByFix.ts';
import { type Scan, scanOf } from './scan.ts';

export const rule = defineRule({
  meta: {
    id: 'distinct-scan',
    finds: 'A `distinct` for which Prisma reads every row and drops the repeated ones in memory.',
    why: 'A handful of values costs the whole table, and `take` does not help: it is applied after reading.',
    severity: 'warning',
    measuredBy: 'latency',
    stage: 'stable',
    preset: 'recommended',
    prismaCodes: [],
    needs: ['graph', 'queries', 'project', 'remember'],
    options: z.object({}),
    messages: {
      distinct: {
        happens: '`{query}` reads {rows} and drops those with a repeated {fields} in memory{take}.',
        costs: 'A short answer costs all of them, more with every row added.',
        todo: '{advice}',
      },
    },
  },
  *check({ graph, queries, project, remember }) {
    for (const site of queries) {
      if (site.operation !== 'findMany' || site.function.role !== 'app') continue;
      yield* remember(site, function* () {
        const scan = scanOf(graph, site, project);
        if (!scan) return;
        const fix = scan.unique ? dropFix(site) : groupByFix(site, scan);
        yield {
          messageId: 'distinct' as const,
          data: {
            query: describeSite(site),
            rows: scan.rows,
            fields: allNames(scan.fields) || 'value',
            take: scan.take ? '; its `take` is not part of the SQL' : '',
            advice: adviceFor(scan),
          },
          at: queryPlace(site),
          proof: 'schema' as const,
          severity: scan.severity,
          symbol: site.function.fact.symbol,
          ...(site.model ? { model: site.model.name } : {}),
          operation: site.operation,
          columns: scan.fields,
          fixes: fix ? [fix] : [],
        };
      });
    }
  },
});

function adviceFor({ plain, postgres, fields, unique }: Scan): string {
  if (unique) return `Drop \`distinct\`: no two rows have the same \`${unique}\`.`;
  const by = fields.map((field) => `'${field}'`).join(', ');
  if (plain) return `Ask for the values with \`groupBy({ by: [${by}] })\`, which the database answers.`;
  return postgres
    ? 'Ask with `SELECT DISTINCT ON` in a raw query, or for the ids with `groupBy` first.'
    : `Ask for the ids with \`groupBy({ by: [${by}], _max: { … } })\` first, then for their rows.`;
}
