import { z } from 'zod';
import { calleePlace } from '#graph/places.ts';
import type { FunctionNode, ProjectGraph } from '#graph/projectGraph.ts';
import { functionId } from '#graph/projectGraph.ts';
import { occasionOf } from '#graph/reach.ts';
import { defineRule, type Report } from '../rule.ts';
import { type Batch, batchesOf } from './batches.ts';
import { parallelFix } from './parallelFix.ts';

export const rule = defineRule({
  meta: {
    id: 'sequential-awaits',
    finds: 'Reads that wait for each other though none uses what another found.',
    why: 'Each waits for a round trip to the database that could have run beside the one before it.',
    severity: 'info',
    stage: 'experimental',
    preset: 'all',
    prismaCodes: [],
    needs: ['graph', 'remember'],
    options: z.object({
      calls: z
        .boolean()
        .default(true)
        .describe('Also report calls of functions of the project that do nothing but read.'),
    }),
    messages: {
      two: {
        happens: '`{later}` starts only when `{earlier}` has answered, and uses nothing of the answer.',
        costs: 'The caller waits for two round trips to the database where one would do.',
        todo: 'Start them together: `await Promise.all([…])`.',
      },
      several: {
        happens: '{count} reads wait for one another, though none uses what another found: {names}.',
        costs: 'The caller waits for {count} round trips to the database where one would do.',
        todo: 'Start them together: `await Promise.all([…])`.',
      },
    },
  },
  *check({ graph, remember }, options) {
    for (const facts of graph.files.values()) {
      if (facts.waits.length === 0 || graph.role(facts.path) !== 'app') continue;
      for (const waits of facts.waits)
        yield* remember(waits, function* () {
          const node = graph.function(functionId(facts.path, waits.function));
          for (const batch of batchesOf(graph, node, waits))
            if (options.calls || batch.every(({ call, site }) => call === site.call))
              yield describe(graph, node, batch);
        });
    }
  },
});

type MessageId = 'two' | 'several';

function describe(graph: ProjectGraph, node: FunctionNode, batch: Batch): Report<MessageId> {
  const [first, second, ...others] = batch;
  const fix = parallelFix(node.facts, batch);
  return {
    messageId: others.length > 0 ? 'several' : 'two',
    data: {
      earlier: first.name,
      later: second.name,
      count: batch.length,
      names: batch.map(({ name }) => `\`${name}\``).join(', '),
    },
    at: calleePlace(node.file, second.call),
    proof: 'schema',
    ...(occasionOf(graph, node.id) === 'request' ? {} : { severity: 'hint' as const }),
    symbol: node.fact.symbol,
    ...(second.site.model ? { model: second.site.model.name } : {}),
    operation: second.site.operation,
    related: [first, ...others].map(({ call, name }, index) => ({
      at: calleePlace(node.file, call),
      message: index === 0 ? `\`${name}\` is waited for first` : `\`${name}\` could start with it too`,
    })),
    fixes: fix ? [fix] : [],
  };
}
