import { z } from 'zod';
import { describeSite } from '#graph/describe.ts';
import { type Group, groupsOf, perGroup } from '#graph/groups.ts';
import { calleePlace } from '#graph/places.ts';
import type { Severity } from '#shared/finding.ts';
import { defineRule, type Report } from '../rule.ts';
import { advice } from './advice.ts';
import { type NestedTake, nestedTakes } from './nestedTakes.ts';

export const rule = defineRule({
  meta: {
    id: 'nested-take',
    finds: 'A `take` or `skip` of a relation that never reaches the database.',
    why: 'Prisma reads all related rows of all rows of the list and cuts the lists in memory.',
    severity: 'warning',
    measuredBy: 'latency',
    stage: 'stable',
    preset: 'recommended',
    prismaCodes: [],
    needs: ['graph', 'queries', 'project', 'remember'],
    options: z.object({}),
    messages: {
      list: {
        happens:
          '{keys} of `{relation}` never {reach} the database: `{query}` reads every `{model}` of all rows it lists and cuts the lists in memory.',
        costs: 'A page that shows a few of them reads as many as there are.',
        todo: '{advice}',
      },
      row: {
        happens:
          '{keys} of `{relation}` never {reach} the database: `{query}` reads every `{model}` of the row it finds and cuts the list in memory.',
        costs: 'The time grows with each one ever added to that row.',
        todo: '{advice}',
      },
    },
  },
  *check({ graph, queries, project, remember }) {
    const found: NestedTake[] = [];
    for (const site of queries) {
      if (!site.operation.startsWith('find') || site.function.role !== 'app') continue;
      found.push(...remember(site, () => nestedTakes(graph, site, project)));
    }
    yield* groupsOf(found, ({ at }) => `${at.file}:${at.span.start}`).map(describe);
  },
});

type MessageId = 'list' | 'row';

const describe = perGroup(([take, ...others]: Group<NestedTake>): Report<MessageId> => {
  const { site, relation, keys, at } = take;
  const path = relation.path.join('.');
  return {
    messageId: relation.parents === 'many' ? 'list' : 'row',
    data: {
      query: describeSite(site),
      relation: path,
      keys: keys.map((key) => `\`${key}\``).join(' and '),
      reach: keys.length > 1 ? 'reach' : 'reaches',
      model: relation.model.name,
      advice: advice(take),
    },
    at,
    proof: 'schema',
    severity: loudest([take, ...others].map(({ severity }) => severity)),
    symbol: site.function.fact.symbol,
    ...(site.model ? { model: site.model.name } : {}),
    operation: site.operation,
    columns: [path],
    related: [take, ...others].map((each) => ({
      at: calleePlace(each.site.file, each.site.call),
      message: `\`${describeSite(each.site)}\` reads \`${each.relation.path.join('.')}\``,
    })),
  };
});

function loudest(severities: readonly Severity[]): Severity {
  return (['warning', 'info', 'hint'] as const).find((each) => severities.includes(each)) ?? 'hint';
}
