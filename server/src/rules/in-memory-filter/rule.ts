import { z } from 'zod';
import { allNames, describeSite } from '#graph/describe.ts';
import { modelSize } from '#graph/modelSize.ts';
import { type Narrowing, narrowedInMemory } from '#graph/narrowedInMemory.ts';
import { queryPlace } from '#graph/places.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import { type RowsRead, rowsRead } from '#graph/rowsRead.ts';
import type { Severity } from '#shared/finding.ts';
import { defineRule, type Report } from '../rule.ts';
import { whereFix } from './whereFix.ts';

export const rule = defineRule({
  meta: {
    id: 'in-memory-filter',
    finds:
      'Rows that are read to be searched, filtered, added up or cut in the program, where the database could do it.',
    why: 'Rows nobody wants are read, sent and parsed, more of them with every row ever added.',
    severity: 'warning',
    measuredBy: 'latency',
    stage: 'stable',
    preset: 'recommended',
    prismaCodes: [],
    needs: ['graph', 'queries', 'project', 'remember'],
    options: z.object({}),
    messages: {
      filter: {
        happens: '`{query}` reads {rows}; `filter` then keeps some of them by {fields}, and the others are dropped.',
        costs: 'Those are read, sent and parsed for nothing.',
        todo: 'Put the condition on {fields} into `where`.',
      },
      find: {
        happens: '`{query}` reads {rows}, to `find` one by {fields}.',
        costs: 'All others are read, sent and parsed for nothing.',
        todo: 'Ask for that row: `findFirst` with the condition on {fields} in `where`.',
      },
      test: {
        happens: '`{query}` reads {rows}, to see by {fields} whether `{method}` holds.',
        costs: 'All rows are read, sent and parsed for a yes or no.',
        todo: 'Ask for one row that decides it: `findFirst({ where, select: {} })` with the condition on {fields} in `where`.',
      },
      sum: {
        happens: '`{query}` reads {rows}, to add {fields} up.',
        costs: 'All rows are read, sent and parsed for one number.',
        todo: 'Let the database add: `aggregate({ where, _sum: { {column}: true } })`.',
      },
      first: {
        happens: '`{query}` reads {rows}, and only the first is used.',
        costs: 'All others are read, sent and parsed for nothing.',
        todo: 'Ask for one: `findFirst` with the same `where` and `orderBy`.',
      },
      slice: {
        happens: '`{query}` reads {rows}, and `slice` keeps a part of them.',
        costs: 'All others are read, sent and parsed for nothing.',
        todo: 'Let the database cut: `take` and `skip`, with an `orderBy`, and `count` for the number of all.',
      },
    },
  },
  *check({ graph, queries, project, remember }) {
    for (const site of queries) {
      if (site.operation !== 'findMany' || site.function.role !== 'app' || !site.model) continue;
      const { model } = site;
      yield* remember(site, function* () {
        const narrowing = narrowedInMemory(graph, site);
        const size = narrowing ? modelSize(graph, model, project) : 'small';
        const rows = size === 'small' ? null : rowsRead(graph, site);
        const severity = rows && weigh(rows, size === 'growing');
        if (narrowing && rows && severity) yield describe(site, narrowing, rows, severity);
      });
    }
  },
});

type MessageId = 'filter' | 'find' | 'test' | 'sum' | 'first' | 'slice';

/** A whole table is dear, the rows of one parent may be few; null where they are few for certain. */
function weigh({ bound, fields }: RowsRead, growing: boolean): Severity | null {
  switch (bound) {
    case 'page':
    case 'keys':
      return null;
    case 'unknown':
      return 'hint';
    case 'some':
      return growing && fields.length === 1 ? 'info' : 'hint';
    case 'loose':
      return 'info';
    case 'all':
      return growing ? 'warning' : 'info';
  }
}

function describe(site: QuerySite, narrowing: Narrowing, { text }: RowsRead, severity: Severity): Report<MessageId> {
  const columns =
    narrowing.kind === 'where' ? narrowing.predicate.fields : narrowing.kind === 'sum' ? [narrowing.field.name] : [];
  const fix = narrowing.kind === 'where' ? whereFix(site, narrowing.fact, narrowing.predicate) : null;
  const { method, span } = narrowing.fact;
  return {
    messageId: messageOf(narrowing),
    data: {
      ...{ query: describeSite(site), rows: text, method, column: columns[0] ?? '' },
      fields: allNames(columns),
    },
    at: queryPlace(site),
    proof: 'schema',
    severity,
    symbol: site.function.fact.symbol,
    ...(site.model ? { model: site.model.name } : {}),
    operation: site.operation,
    columns,
    related: [{ at: { file: site.file, span }, message: 'all that becomes of the rows' }],
    fixes: fix ? [fix] : [],
  };
}

function messageOf({ kind, fact }: Narrowing): MessageId {
  if (kind !== 'where') return kind;
  return fact.method === 'filter' ? 'filter' : fact.method === 'find' ? 'find' : 'test';
}
