import { z } from 'zod';
import { countedOnly } from '#graph/countedOnly.ts';
import { allNames, describeEntry, describeSite } from '#graph/describe.ts';
import { loadStrategy } from '#graph/loadStrategy.ts';
import { narrowedInMemory } from '#graph/narrowedInMemory.ts';
import { queryPlace } from '#graph/places.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { entryOf } from '#graph/reach.ts';
import { defineRule, type Report } from '../rule.ts';
import { nestedLists } from './nestedLists.ts';
import { pagingFix } from './pagingFix.ts';
import { resultUse } from './resultUse.ts';
import { type Unbounded, weigh } from './weigh.ts';
import { weighSql } from './weighSql.ts';

export const rule = defineRule({
  meta: {
    id: 'unbounded-query',
    finds: 'A `findMany`, or a `SELECT` of a driver, that reads as many rows as there happen to be.',
    why: 'Time and memory grow with the table: what is quick with test data stops a server once there are customers.',
    severity: 'warning',
    measuredBy: 'latency',
    stage: 'stable',
    preset: 'recommended',
    prismaCodes: ['LINT.NO_LIMIT'],
    needs: ['graph', 'queries', 'project', 'remember', 'parseDriverSql'],
    options: z.object({
      nested: z
        .boolean()
        .default(true)
        .describe('Also report lists of related rows read without a bound inside a list query.'),
      page: z
        .number()
        .int()
        .min(1)
        .default(100)
        .describe('Rows the offered `take` reads where the file names no page size.'),
    }),
    messages: {
      whole: {
        happens: '`{query}` reads {rows}{where}.',
        costs: 'Time and memory grow with every row ever added.',
        todo: '{advice}',
      },
      skip: {
        happens: '`{query}` skips rows but takes all the rest: {limit} is missing.',
        costs: 'Each page reads everything behind it, so the first page is the dearest.',
        todo: 'Add {limit} with the page size.',
      },
      nested: {
        happens: '`{query}` reads all `{relation}` of every row it lists.',
        costs: 'The answer grows with both tables{take}.',
        todo: '{advice}',
      },
    },
  },
  *check({ graph, queries, project, remember, parseDriverSql }, options) {
    for (const site of queries) {
      if (site.function.role !== 'app' || !(site.driver || site.operation.startsWith('find'))) continue;
      yield* remember(site, function* () {
        const sql = site.driver ? weighSql(graph, site, project, parseDriverSql) : null;
        if (sql) yield describe(graph, site, sql, options.page);
        if (site.driver) return;
        const weight = site.operation === 'findMany' ? weigh(graph, site, project) : null;
        if (weight && (countedOnly(graph, site) || narrowedInMemory(graph, site))) return;
        if (weight) yield describe(graph, site, weight, options.page);
        else if (options.nested) yield* nested(graph, site, project);
      });
    }
  },
});

type MessageId = 'whole' | 'skip' | 'nested';

function describe(graph: ProjectGraph, site: QuerySite, weight: Unbounded, page: number): Report<MessageId> {
  const entry = entryOf(graph, site.function.id);
  const use = resultUse(site);
  const fix = use.kind === 'rows' && !site.driver ? pagingFix(graph, site, page) : null;
  return {
    ...common(site),
    ...(weight.model ? { model: weight.model } : {}),
    messageId: weight.kind === 'skip' ? 'skip' : 'whole',
    data: {
      query: describeSite(site),
      rows:
        weight.fields.length > 0
          ? `every row with that ${allNames(weight.fields)}`
          : weight.filtered
            ? 'every row its filter lets through'
            : 'every row of its table',
      where: entry ? ` each time \`${describeEntry(graph, entry)}\` runs` : '',
      advice: use.advice,
      limit: site.driver ? '`LIMIT`' : '`take`',
    },
    proof: weight.proof,
    ...(weight.severity ? { severity: weight.severity } : {}),
    related:
      entry && entry.handler.id !== site.function.id
        ? [{ at: { file: entry.file, span: entry.fact.span }, message: 'runs for this entry point' }]
        : [],
    fixes: fix ? [fix] : [],
  };
}

function* nested(
  graph: ProjectGraph,
  site: QuerySite,
  project: Parameters<typeof weigh>[2],
): Generator<Report<MessageId>> {
  for (const list of nestedLists(graph, site, project)) {
    const relation = list.path.join('.');
    yield {
      ...common(site),
      messageId: 'nested',
      data: { query: describeSite(site), relation, ...nestedAdvice(graph, site, relation) },
      at: list.at,
      proof: 'schema',
      severity: list.growing ? 'info' : 'hint',
      columns: [relation],
    };
  }
}

/** A nested `take` helps where the database joins. */
function nestedAdvice(graph: ProjectGraph, site: QuerySite, relation: string) {
  if (loadStrategy(graph, site) === 'join')
    return { take: '', advice: `Give \`${relation}\` a \`take\`: the join cuts each list in the database.` };
  return {
    take: '; a nested `take` does not help, because Prisma cuts the lists only after reading all of them',
    advice: `Read \`${relation}\` by a query of its own for the rows shown, or count with \`groupBy\` where the number is enough.`,
  };
}

function common(site: QuerySite) {
  return {
    at: queryPlace(site),
    symbol: site.function.fact.symbol,
    ...(site.model ? { model: site.model.name } : {}),
    operation: site.operation,
  };
}
