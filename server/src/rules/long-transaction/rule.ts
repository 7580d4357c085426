import { z } from 'zod';
import { describeCallee } from '#graph/describe.ts';
import { calleePlace, chainPlaces } from '#graph/places.ts';
import type { FunctionId, FunctionNode, ProjectGraph } from '#graph/projectGraph.ts';
import type { Location } from '#shared/location.ts';
import type { CallFact, FileFacts } from '#syntax/facts.ts';
import { defineRule, type Report } from '../rule.ts';
import { type LoopInside, loopsInside } from './loopsInside.ts';
import { type SlowCall, slowIn, transactionBodies } from './slowCalls.ts';

export const rule = defineRule({
  meta: {
    id: 'long-transaction',
    finds: 'A transaction that waits for a network, a queue, a timer, or as many queries as a list is long.',
    why: 'A transaction holds a connection and the rows it has written until it ends; whoever wants them waits for a stranger’s server.',
    severity: 'warning',
    stage: 'stable',
    preset: 'recommended',
    prismaCodes: [],
    needs: ['graph', 'remember'],
    options: z.object({
      loops: z
        .boolean()
        .default(true)
        .describe('Also report queries that a transaction makes once per element of a list of any length.'),
    }),
    messages: {
      slow: {
        happens: 'The transaction waits while `{call}` {does}.',
        costs:
          'Until it answers, a connection and the locks of all rows written so far are held; after five seconds the transaction is rolled back.',
        todo: '{advice}',
      },
      loop: {
        happens: 'The transaction makes a query per element of `{over}`{others}.',
        costs:
          'It holds its connection and its locks the longer the longer they are; after five seconds it is rolled back.',
        todo: 'Write all at once (`createMany`, `updateMany`, one raw statement), or in batches with a transaction each.',
      },
    },
  },
  *check({ graph, remember }, options) {
    for (const facts of graph.files.values())
      yield* remember(facts, function* () {
        if (graph.role(facts.path) !== 'app') return;
        for (const call of facts.calls) {
          if (call.callee.path.at(-1) !== '$transaction') continue;
          for (const body of transactionBodies(graph, facts, call))
            yield* reportsOf(graph, facts, call, body, options.loops);
        }
      });
  },
});

type MessageId = 'slow' | 'loop';

function* reportsOf(
  graph: ProjectGraph,
  facts: FileFacts,
  begun: CallFact,
  body: FunctionId,
  loops: boolean,
): Generator<Report<MessageId>> {
  const node = graph.function(body);
  if (node.role !== 'app') return;
  const begins = { at: calleePlace(facts.path, begun), message: 'begins the transaction' };
  const { slow: found, inPlace } = slowIn(graph, body);
  const places = new Set<number>();
  for (const slow of found) {
    const place = slow.steps[0]?.call ?? slow.call;
    if (places.has(place.index)) continue;
    places.add(place.index);
    yield describeSlow(graph, node, slow, begins);
  }
  const [first, ...others] = loops && found.length === 0 ? loopsInside(graph, inPlace) : [];
  if (first) yield describeLoop(node, first, others, begins.at);
}

interface Related {
  readonly at: Location;
  readonly message: string;
}

/** Longer chains, and those with conditions on them, need not be gone by every time. */
const SURE_STEPS = 3;

function describeSlow(graph: ProjectGraph, node: FunctionNode, slow: SlowCall, begins: Related): Report<MessageId> {
  const { service, steps, call, file } = slow;
  const [first, ...others] = steps;
  const at = first ? calleePlace(graph.function(first.from).file, first.call) : calleePlace(file, call);
  const facts = graph.files.get(file);
  const isSure = !service.quick && steps.length <= SURE_STEPS && steps.every((step) => step.call.branches.length === 0);
  return {
    messageId: 'slow',
    data: {
      call: first
        ? describeCallee(graph.function(first.from).facts, first.call)
        : facts
          ? describeCallee(facts, call)
          : '',
      does: service.does,
      advice: service.quick ? COMMIT_FIRST : MOVE_OUT,
    },
    at,
    proof: 'schema',
    ...(isSure ? {} : { severity: 'info' as const }),
    symbol: node.fact.symbol,
    related: [
      begins,
      ...chainPlaces(graph, others),
      ...(first ? [{ at: calleePlace(file, call), message: service.does }] : []),
    ],
  };
}

const MOVE_OUT = 'Do it before the transaction begins or after it has ended, and keep only queries inside.';
const COMMIT_FIRST = `${MOVE_OUT} Whoever takes it from the queue may be there before the rows are.`;

function otherLists(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ', and of another list' : `, and of ${count} other lists`;
}

function describeLoop(
  node: FunctionNode,
  first: LoopInside,
  others: readonly LoopInside[],
  at: Location,
): Report<MessageId> {
  const { over, site } = first;
  return {
    messageId: 'loop',
    data: { over, others: otherLists(others.length) },
    at,
    proof: 'schema',
    severity: 'hint',
    symbol: node.fact.symbol,
    ...(site.model ? { model: site.model.name } : {}),
    operation: site.operation,
    related: [first, ...others].map((loop) => ({ at: loop.place, message: `once per element of \`${loop.over}\`` })),
  };
}
