import { z } from 'zod';
import { countedOnly } from '#graph/countedOnly.ts';
import { describeSite } from '#graph/describe.ts';
import type { Look } from '#graph/followUsage.ts';
import { queryPlace } from '#graph/places.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import { defineRule, type Report } from '../rule.ts';
import { countFix } from './countFix.ts';
import { type Rows, weigh } from './weigh.ts';

export const rule = defineRule({
  meta: {
    id: 'count-by-length',
    finds: 'Rows that are read only to be counted, or to see whether there are any.',
    why: 'The database sends every row and the client builds it, for a number that the database would have sent alone.',
    severity: 'warning',
    measuredBy: 'latency',
    stage: 'stable',
    preset: 'recommended',
    prismaCodes: [],
    needs: ['graph', 'queries', 'project', 'remember'],
    options: z.object({}),
    messages: {
      counted: {
        happens: '`{query}` reads {rows}, and the code only looks at how many there are.',
        costs: 'Every row is read, sent and parsed for one number.',
        todo: 'Ask for the number with `count`, or for the existence of one row with `findFirst({ select: { {key}: true } })`.',
      },
      tested: {
        happens: '`{query}` reads {rows}, and the code only looks at whether there is one.',
        costs: 'Every row is read, sent and parsed for a yes or no.',
        todo: 'Ask for one row with `findFirst({ select: { {key}: true } })`.',
      },
    },
  },
  *check({ graph, queries, project, remember }) {
    for (const site of queries) {
      if (site.operation !== 'findMany' || site.function.role !== 'app') continue;
      yield* remember(site, function* () {
        const looks = countedOnly(graph, site);
        const rows = looks && weigh(graph, site, project);
        if (rows) yield describe(site, rows, looks);
      });
    }
  },
});

type MessageId = 'counted' | 'tested';

function describe(site: QuerySite, { text, severity }: Rows, looks: readonly Look[]): Report<MessageId> {
  const fix = countFix(site);
  return {
    messageId: looks.some(({ use }) => use.kind === 'length') ? 'counted' : 'tested',
    data: { query: describeSite(site), rows: text, key: keyOf(site) },
    at: queryPlace(site),
    proof: 'schema',
    severity,
    symbol: site.function.fact.symbol,
    ...(site.model ? { model: site.model.name } : {}),
    operation: site.operation,
    related: looks.map(({ file, use }) => ({
      at: { file, span: use.span },
      message: use.kind === 'length' ? 'the rows are counted here' : 'only whether it is there matters here',
    })),
    fixes: fix ? [fix] : [],
  };
}

/** The narrowest column to ask a row for. */
function keyOf({ model }: QuerySite): string {
  const id = model?.indexes.find(({ kind }) => kind === 'id') ?? model?.indexes.find(({ kind }) => kind === 'unique');
  return id?.fields[0]?.name ?? 'id';
}
