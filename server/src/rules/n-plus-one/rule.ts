import { calledName, howOften, listName, loopCallPlace, loopPlaces, queryList } from '#graph/loops/describeLoop.ts';
import { type LoopCall, loopCalls } from '#graph/loops/loopCalls.ts';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import { LOOP_OPTIONS } from '../loopOptions.ts';
import { defineRule, type Report } from '../rule.ts';
import { readAdvice } from './advice.ts';
import { readFixes } from './fixes/readFixes.ts';
import { weigh } from './weigh.ts';

export const rule = defineRule({
  meta: {
    id: 'n-plus-one',
    finds: 'A query that runs once per element of a list, in the loop itself or behind any chain of calls.',
    why: 'Every element costs a round trip to the database, so the time grows with the data and not with the code.',
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
        costs: '100 elements make {hundred} round trips to the database{pace}.',
        todo: '{advice}',
      },
      calls: {
        happens: '{callee} is called {often} and each call runs {queries}.',
        costs: '100 elements make {hundred} round trips to the database{pace}.',
        todo: '{advice}',
      },
      resolver: {
        happens: 'The resolver of {list} runs {queries} once per parent object of the answer.',
        costs: 'A list of 100 parents makes {hundred} round trips to the database.',
        todo: 'Load it for all parents at once with a DataLoader, read it with the fluent form of `findUnique` (which Prisma batches), or include it in the query that loads the parents.',
      },
      recursion: {
        happens: '{callee} calls itself and runs {queries} each time.',
        costs: 'Every level of the tree waits for one more round trip to the database.',
        todo: 'Load a whole level with one `in` list, or the whole tree with one recursive SQL query.',
      },
    },
  },
  *check({ graph, remember }, options) {
    for (const call of loopCalls(graph)) {
      if (call.access !== 'read') continue;
      yield* remember(call, function* () {
        const weight = weigh(graph, call, options.ignoreUpTo);
        if (weight !== null) yield { ...describe(graph, call), ...weight };
      });
    }
  },
});

type MessageId = 'loop' | 'calls' | 'resolver' | 'recursion';

function describe(graph: ProjectGraph, call: LoopCall): Omit<Report<MessageId>, 'proof'> {
  const { first, sites } = call;
  const { at, by, site, steps } = first;
  return {
    messageId:
      by.kind === 'field-resolver'
        ? 'resolver'
        : by.kind === 'recursion'
          ? 'recursion'
          : steps.length > 0
            ? 'calls'
            : 'loop',
    data: {
      queries: queryList(call),
      runs: sites.length > 1 ? 'run' : 'runs',
      callee: `\`${calledName(graph, call)}\``,
      often: howOften(graph, call),
      list: `\`${listName(graph, call)}\``,
      hundred: 100 * sites.length,
      pace: by.kind === 'loop' && by.loop.kind !== 'callback' && !by.loop.concurrent ? ', one after the other' : '',
      advice: readAdvice(graph, call),
    },
    at: loopCallPlace(call),
    symbol: graph.function(at.function).fact.symbol,
    ...(site.model ? { model: site.model.name } : {}),
    operation: site.operation,
    related: loopPlaces(graph, call),
    fixes: readFixes(graph, call),
  };
}
