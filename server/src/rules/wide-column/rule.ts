import { z } from 'zod';
import { describeSite, inWords } from '#graph/describe.ts';
import { queryPlace } from '#graph/places.ts';
import { defineRule } from '../rule.ts';
import { wideColumns } from './wideColumns.ts';

export const rule = defineRule({
  meta: {
    id: 'wide-column',
    finds:
      'Binary, JSON and long text columns that come with every row of an answered list, though rows are read one by one too.',
    why: 'Such columns are stored apart from their row and can hold kilobytes each; a list multiplies them.',
    severity: 'info',
    measuredBy: 'latency',
    stage: 'experimental',
    preset: 'all',
    prismaCodes: [],
    needs: ['graph', 'queries', 'project', 'remember'],
    options: z.object({}),
    messages: {
      listed: {
        happens: '`{query}` brings {columns} of every row it lists, and the rows are passed on whole.',
        costs: '{types} can hold kilobytes each: a page of fifty reads and sends fifty of them.',
        todo: 'If the list does not show {them}, leave {them} out with `omit` or a `select`, and read {them} where one row is shown.',
      },
    },
  },
  *check({ graph, queries, project, remember }) {
    for (const site of queries) {
      if (site.operation !== 'findMany' || site.function.role !== 'app' || site.fluent.length > 0) continue;
      yield* remember(site, function* () {
        const wide = wideColumns(graph, site, project);
        if (wide.length === 0) return;
        yield {
          messageId: 'listed' as const,
          data: {
            query: describeSite(site),
            columns: inWords(wide.map(({ name }) => `\`${name}\``)),
            types: inWords([
              ...new Set(wide.map(({ type }) => (type === 'String' ? 'Long texts' : `${type} columns`))),
            ]),
            them: wide.length > 1 ? 'them' : 'it',
          },
          at: queryPlace(site),
          proof: 'schema' as const,
          severity: wide.some(({ type }) => type === 'Bytes') ? ('info' as const) : ('hint' as const),
          symbol: site.function.fact.symbol,
          ...(site.model ? { model: site.model.name } : {}),
          operation: site.operation,
          columns: wide.map(({ name }) => name),
          related: wide.map(({ at, name }) => ({ at, message: `\`${name}\` is declared here` })),
        };
      });
    }
  },
});
