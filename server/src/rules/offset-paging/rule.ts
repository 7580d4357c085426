import { z } from 'zod';
import { describeSite } from '#graph/describe.ts';
import { queryPlace } from '#graph/places.ts';
import { defineRule } from '../rule.ts';
import { deepSkip } from './deepSkip.ts';

export const rule = defineRule({
  meta: {
    id: 'offset-paging',
    finds: 'Pages of a growing list that a request reaches by skipping any number of rows.',
    why: 'The database reads and drops every row it skips, so each page costs more than the one before.',
    severity: 'hint',
    measuredBy: 'latency',
    stage: 'experimental',
    preset: 'all',
    prismaCodes: [],
    needs: ['graph', 'queries', 'project', 'remember'],
    options: z.object({}),
    messages: {
      skipped: {
        happens: '`{query}` skips as many rows as {name} of the {part} says.',
        costs: 'The database reads what it skips: page 5,000 reads 5,000 pages.',
        todo: 'Page by a `cursor` on an ordered unique key, or bound how far a page number may go.',
      },
    },
  },
  *check({ graph, queries, project, remember }) {
    for (const site of queries) {
      if (site.function.role !== 'app') continue;
      yield* remember(site, function* () {
        const skip = deepSkip(graph, site, project);
        if (!skip) return;
        yield {
          messageId: 'skipped' as const,
          data: {
            query: describeSite(site),
            name: skip.origin.name === null ? 'a value' : `\`${skip.origin.name}\``,
            part: skip.origin.part,
          },
          at: skip.at ?? queryPlace(site),
          proof: 'schema' as const,
          symbol: site.function.fact.symbol,
          ...(site.model ? { model: site.model.name } : {}),
          operation: site.operation,
          related: [{ at: skip.origin.at, message: 'comes from the request here' }],
        };
      });
    }
  },
});
