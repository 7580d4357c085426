import { calledName, howOften, loopCallPlace, loopPlaces, queryList } from '#graph/loops/describeLoop.ts';
import { type LoopCall, loopCalls } from '#graph/loops/loopCalls.ts';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import { LOOP_OPTIONS } from '../loopOptions.ts';
import { defineRule, type Report } from '../rule.ts';
import { writeAdvice } from './advice.ts';
import { writeFixes } from './fixes/writeFixes.ts';
import { weigh } from './weigh.ts';

export const rule = defineRule({
  meta: {
    id: 'write-in-loop',
    finds: 'Rows created, updated or deleted one by one in a loop, directly or behind calls.',
    why: 'Every row costs a round trip, a transaction and a lock of its own where one statement could do.',
    severity: 'warning',
    measuredBy: 'repeats',
    stage: 'stable',
    preset: 'recommended',
    prismaCodes: [],
    needs: ['graph', 'remember'],
    options: LOOP_OPTIONS,
    messages: {
      loop: {
        happens: '{queries} {runs} {often}.',
        costs: '100 elements make {hundred} statements, each with its own round trip and commit.',
        todo: '{advice}',
      },
      calls: {
        happens: '{callee} is called {often} and each call runs {queries}.',
        costs: '100 elements make {hundred} statements, each with its own round trip and commit.',
        todo: '{advice}',
      },
      batch: {
        happens: '{queries} {runs} {often}, all in one transaction.',
        costs:
          '100 elements still make {hundred} statements, sent one after another while the transaction holds its locks.',
        todo: '{advice}',
      },
    },
  },
  *check({ graph, remember }, options) {
    for (const call of loopCalls(graph)) {
      if (call.access !== 'write') continue;
      yield* remember(call, function* () {
        const weight = weigh(graph, call, options.ignoreUpTo);
        if (weight !== null) yield { ...describe(graph, call), ...weight };
      });
    }
  },
});

type MessageId = 'loop' | 'calls' | 'batch';

function describe(graph: ProjectGraph, call: LoopCall): Omit<Report<MessageId>, 'proof'> {
  const { at, site, steps } = call.first;
  const { fact } = graph.function(at.function);
  return {
    messageId: site.transaction === 'array' ? 'batch' : steps.length > 0 ? 'calls' : 'loop',
    data: {
      queries: queryList(call),
      runs: call.sites.length > 1 ? 'run' : 'runs',
      callee: `\`${calledName(graph, call)}\``,
      often: howOften(graph, call),
      hundred: 100 * call.sites.length,
      advice: writeAdvice(graph, call),
    },
    at: loopCallPlace(call),
    symbol: fact.symbol,
    ...(site.model ? { model: site.model.name } : {}),
    operation: site.operation,
    related: loopPlaces(graph, call),
    fixes: writeFixes(graph, call),
  };
}
