import { z } from 'zod';
import { describeSite, inWords } from '#graph/describe.ts';
import { queryPlace } from '#graph/places.ts';
import { defineRule } from '../rule.ts';
import { countedTables } from './countedTables.ts';

export const rule = defineRule({
  meta: {
    id: 'relation-count-in-list',
    finds: '`_count` of a relation in a list query that shows a part of the rows.',
    why: 'Prisma counts the whole related table, grouped, and joins the result to the few rows of the page.',
    severity: 'warning',
    measuredBy: 'latency',
    stage: 'experimental',
    preset: 'strict',
    prismaCodes: [],
    needs: ['graph', 'queries', 'project', 'remember'],
    options: z.object({}),
    messages: {
      counted: {
        happens: '`{query}` counts {counts} over all rows of {tables} to show {rows}.',
        costs: 'Each run groups them all, also those that belong to rows not shown.',
        todo: '{advice}',
      },
    },
  },
  *check({ graph, queries, project, remember }) {
    for (const site of queries) {
      if (!/^find(Many|First)/.test(site.operation) || site.function.role !== 'app') continue;
      yield* remember(site, function* () {
        const found = countedTables(graph, site, project);
        if (!found) return;
        const { counted, by } = found;
        const tables = [...new Set(counted.map(({ model }) => `\`${model.name}\``))];
        yield {
          messageId: 'counted' as const,
          data: {
            query: describeSite(site),
            counts: inWords(shortened(counted.map(({ path }) => `\`${path.join('.')}\``))),
            tables: inWords(shortened(tables)),
            rows: found.rows,
            advice: by,
          },
          at: queryPlace(site),
          proof: 'schema' as const,
          severity: found.severity,
          symbol: site.function.fact.symbol,
          ...(site.model ? { model: site.model.name } : {}),
          operation: site.operation,
          columns: counted.map(({ path }) => path.join('.')),
          related: counted.map(({ at, path }) => ({ at, message: `counts \`${path.join('.')}\`` })),
        };
      });
    }
  },
});

const MOST = 3;

function shortened(parts: readonly string[]): readonly string[] {
  return parts.length > MOST + 1 ? [...parts.slice(0, MOST), `${parts.length - MOST} more`] : parts;
}
