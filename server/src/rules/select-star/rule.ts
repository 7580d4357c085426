import { z } from 'zod';
import { listNames } from '#graph/describe.ts';
import { isExecute } from '#graph/operations.ts';
import { queryPlace } from '#graph/places.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { type RawSelects, rawSelects } from '#sql/parse/rawSelects.ts';
import { type OutputStar, outputStars } from '#sql/parse/select.ts';
import { defineRule, type Report } from '../rule.ts';
import { type Columns, columnsOf } from './columns.ts';

export const rule = defineRule({
  meta: {
    id: 'select-star',
    finds: 'Raw SQL that asks for all columns with `*`.',
    why: 'Every column of every row is read and sent, and one that is added later, however large, comes along unasked.',
    severity: 'info',
    measuredBy: 'latency',
    stage: 'stable',
    preset: 'strict',
    prismaCodes: ['LINT.SELECT_STAR'],
    needs: ['graph', 'queries', 'remember', 'parseSelects'],
    options: z.object({}),
    messages: {
      unread: {
        happens: '`SELECT *` brings all {count} columns of {tables}; {unread} never read.',
        costs: 'Columns nobody reads are read, sent and parsed for every row.',
        todo: 'Name the columns that are read: {read}.',
      },
      wide: {
        happens: '`SELECT *` brings all {count} columns of {tables}, {wide} among them.',
        costs: 'Long values are kept apart from their rows, fetched one by one and sent with every row.',
        todo: 'Name the columns that are read.',
      },
      all: {
        happens: '`SELECT *` brings all {count} columns of {tables}.',
        costs: 'A column that is added later comes along unasked.',
        todo: 'Name the columns that are read.',
      },
    },
  },
  *check({ graph, queries, remember, parseSelects }) {
    for (const site of queries) {
      if (site.access !== 'raw' || site.function.role !== 'app' || isExecute(site.operation)) continue;
      yield* remember(site, function* () {
        const raw = rawSelects(graph, site, parseSelects);
        if (raw) for (const star of outputStars(raw.selects)) yield* describe(graph, site, raw, star);
      });
    }
  },
});

type MessageId = 'unread' | 'wide' | 'all';

function* describe(
  graph: ProjectGraph,
  site: QuerySite,
  raw: RawSelects,
  star: OutputStar,
): Generator<Report<MessageId>> {
  const columns = columnsOf(graph, site, star.tables);
  if (!columns) return;
  const written = site.driver?.kind === 'chain' ? queryPlace(site) : { file: site.file, span: site.call.nameSpan };
  const offset = site.driver?.kind === 'chain' ? null : star.offset;
  const at = (offset === null ? null : raw.placeOf(offset)) ?? written;
  const { unread, read, wide } = columns;
  yield {
    messageId: unread.length > 0 ? 'unread' : wide.length > 0 ? 'wide' : 'all',
    data: {
      count: columns.count,
      tables: listNames(star.tables),
      unread: `${listNames(unread)} ${unread.length === 1 ? 'is' : 'are'}`,
      read: listNames(read),
      wide: listNames(wide),
    },
    at,
    proof: 'schema',
    severity: severityOf(columns),
    symbol: site.function.fact.symbol,
    operation: site.operation,
    columns: unread.length > 0 ? unread : wide,
  };
}

function severityOf({ unread, wide }: Columns): 'info' | 'hint' {
  return unread.length > 0 || wide.length > 0 ? 'info' : 'hint';
}
