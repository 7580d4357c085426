import { describeCallee, describeEntry } from '#graph/describe.ts';
import { filesWith } from '#graph/filesWith.ts';
import { mayBeLoopedCommand } from '#graph/modules/redisCommands.ts';
import { calleePlace } from '#graph/places.ts';
import { functionId, type ProjectGraph } from '#graph/projectGraph.ts';
import { entryOf } from '#graph/reach.ts';
import type { CallFact, FileFacts } from '#syntax/facts.ts';
import { LOOP_OPTIONS } from '../loopOptions.ts';
import { defineRule, type Report } from '../rule.ts';
import { type LoopedCommand, loopedCommand } from './commands.ts';

export const rule = defineRule({
  meta: {
    id: 'redis-in-loop',
    finds: 'A command sent to Redis and waited for once per element of a list.',
    why: 'Every element costs a round trip over the network, though Redis takes many keys, or many commands, at once.',
    severity: 'info',
    stage: 'stable',
    preset: 'recommended',
    prismaCodes: [],
    needs: ['graph', 'remember'],
    options: LOOP_OPTIONS,
    messages: {
      loop: {
        happens: '`{call}` sends `{command}` to Redis {often}, and waits for each answer{where}.',
        costs: '100 elements make 100 round trips, one after the other.',
        todo: '{advice}',
      },
    },
  },
  *check({ graph, remember }, { ignoreUpTo }) {
    for (const facts of filesWith(graph, mayBeLoopedCommand))
      yield* remember(facts, function* () {
        if (graph.role(facts.path) !== 'app') return;
        for (const call of facts.calls) {
          const found = loopedCommand(graph, facts, call, ignoreUpTo);
          if (found) yield describe(graph, facts, call, found);
        }
      });
  },
});

function describe(graph: ProjectGraph, facts: FileFacts, call: CallFact, found: LoopedCommand): Report<'loop'> {
  const id = functionId(facts.path, call.function);
  const entry = entryOf(graph, id);
  const { overText, header } = found.loop;
  return {
    messageId: 'loop',
    data: {
      call: describeCallee(facts, call),
      command: found.command.toUpperCase(),
      often: overText === null ? 'in every turn of the loop' : `once per element of \`${overText}\``,
      where: entry ? ` each time \`${describeEntry(graph, entry)}\` runs` : '',
      advice: adviceFor(facts, call, found),
    },
    at: calleePlace(facts.path, call),
    proof: 'schema',
    symbol: graph.function(id).fact.symbol,
    related: [{ at: { file: facts.path, span: header }, message: 'the loop' }],
  };
}

const TOGETHER: readonly (readonly [command: RegExp, advice: string])[] = [
  [/^get$/i, 'Ask for all keys with one `MGET` before the loop.'],
  [/^(?:del|unlink|exists)$/i, 'Hand all keys to one command: it takes any number of them.'],
  [
    /^hget$/i,
    'Ask for all fields of a hash with one `HMGET`, or send the commands together in a `pipeline()` or `multi()`.',
  ],
  [
    /^hset$/i,
    'Hand all fields of a hash to one `HSET`, which takes any number of them, or send the commands together in a `pipeline()` or `multi()`.',
  ],
  [
    /^set$/i,
    'Write all keys with one `MSET`, or, where they expire, send the commands together in a `pipeline()` or `multi()`.',
  ],
];

function adviceFor(facts: FileFacts, call: CallFact, { command, sibling }: LoopedCommand): string {
  if (sibling !== null) {
    const cache = describeCallee(facts, call).split('.').slice(0, -1);
    return `Hand all of them to \`${[...cache, sibling].join('.')}\` at once.`;
  }
  const known = TOGETHER.find(([of]) => of.test(command));
  return known?.[1] ?? 'Send the commands together in a `pipeline()` or `multi()`.';
}
