import { z } from 'zod';
import { allNames } from '#graph/describe.ts';
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
    finds: 'Queries that wait for each other, or for another service, though none uses what another found.',
    why: 'Each waits for a round trip that could have run beside the one before it.',
    severity: 'info',
    measuredBy: 'waits',
    stage: 'stable',
    preset: 'recommended',
    prismaCodes: [],
    needs: ['graph', 'remember'],
    options: z.object({
      calls: z
        .boolean()
        .default(true)
        .describe('Also report calls of functions of the project, and of other services.'),
      writes: z
        .boolean()
        .default(true)
        .describe('Also report writes to models that have nothing to do with each other, as hints.'),
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
      beside: {
        happens: '`{later}` starts only when `{earlier}` has answered, and uses nothing of the answer.',
        costs:
          'The caller waits for the database and for the other service, where waiting for the slower of them would do.',
        todo: 'Start them together: `await Promise.all([…])`.',
      },
      writes: {
        happens: '{names} wait for one another, though none uses what another gave and their models are not related.',
        costs: 'The caller waits for {count} round trips to the database where one would do.',
        todo: 'Start them together with `await Promise.all([…])`; where all must succeed or none, make them one `$transaction([…])`.',
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
            if (isAsked(batch, options)) yield describe(graph, node, batch);
        });
    }
  },
});

type MessageId = 'two' | 'several' | 'beside' | 'writes';

function isAsked(batch: Batch, { calls, writes }: { readonly calls: boolean; readonly writes: boolean }): boolean {
  if (!calls && batch.some(({ call, site }) => call !== site?.call)) return false;
  return writes || batch.every(({ kind }) => kind !== 'write');
}

function describe(graph: ProjectGraph, node: FunctionNode, batch: Batch): Report<MessageId> {
  const [first, second, ...others] = batch;
  const fix = parallelFix(node.facts, batch);
  const { site } = second.site ? second : first;
  return {
    messageId: messageOf(batch),
    data: {
      earlier: first.name,
      later: second.name,
      count: batch.length,
      names: allNames(batch.map(({ name }) => name)),
    },
    at: calleePlace(node.file, second.call),
    proof: 'schema',
    ...(isLight(graph, node, batch) ? { severity: 'hint' as const } : {}),
    symbol: node.fact.symbol,
    ...(site?.model ? { model: site.model.name } : {}),
    ...(site ? { operation: site.operation } : {}),
    related: [first, ...others].map(({ call, name }, index) => ({
      at: calleePlace(node.file, call),
      message: index === 0 ? `\`${name}\` is waited for first` : `\`${name}\` could start with it too`,
    })),
    fixes: fix ? [fix] : [],
  };
}

function messageOf(batch: Batch): MessageId {
  if (batch.some(({ kind }) => kind === 'write')) return 'writes';
  if (batch.length > 2) return 'several';
  return batch.some(({ kind }) => kind === 'ask') ? 'beside' : 'two';
}

/** Nobody is known to wait, the database may not be asked at all, or the order may mean something to the author. */
function isLight(graph: ProjectGraph, node: FunctionNode, batch: Batch): boolean {
  return (
    occasionOf(graph, node.id) !== 'request' || batch.some(({ kind, effects }) => kind === 'write' || effects.cached)
  );
}
