import { z } from 'zod';
import { describeCallee, describeEntry } from '#graph/describe.ts';
import { filesWith } from '#graph/filesWith.ts';
import { mayBeListing } from '#graph/modules/redisCommands.ts';
import { calleePlace } from '#graph/places.ts';
import { functionId, type ProjectGraph } from '#graph/projectGraph.ts';
import { entryOf, occasionOf } from '#graph/reach.ts';
import type { CallFact, FileFacts } from '#syntax/facts.ts';
import { defineRule, type Report } from '../rule.ts';
import { type Listing, listingOf } from './listing.ts';

export const rule = defineRule({
  meta: {
    id: 'redis-keys',
    finds: 'The command `KEYS`, with which Redis goes through all its keys and answers nobody else meanwhile.',
    why: 'Redis does one thing at a time: with a million keys everybody waits for a good part of a second, each time a cache is emptied.',
    severity: 'warning',
    stage: 'stable',
    preset: 'recommended',
    prismaCodes: [],
    needs: ['graph', 'remember'],
    options: z.object({}),
    messages: {
      keys: {
        happens: '`{call}` makes Redis go through all its keys{pattern}{where}.',
        costs:
          'Redis answers nobody else until it is done, and that takes the longer the more keys there are of any kind.',
        todo: 'Keep the keys that belong together in a set (`SADD`, `SMEMBERS`), or go through them in steps with `SCAN`.',
      },
      store: {
        happens: '`{call}` asks the cache for all its keys{pattern}{where}; over Redis that is the command `KEYS`.',
        costs: 'Redis answers nobody else until it has gone through all keys of any kind.',
        todo: 'Keep the keys that belong together in a list of their own, or go through them in steps with `SCAN`.',
      },
    },
  },
  *check({ graph, remember }) {
    for (const facts of filesWith(graph, mayBeListing))
      yield* remember(facts, function* () {
        if (graph.role(facts.path) !== 'app') return;
        for (const call of facts.calls) {
          const listing = mayBeListing(call) ? listingOf(graph, facts, call) : null;
          if (listing) yield describe(graph, facts, call, listing);
        }
      });
  },
});

type MessageId = 'keys' | 'store';

function describe(graph: ProjectGraph, facts: FileFacts, call: CallFact, listing: Listing): Report<MessageId> {
  const id = functionId(facts.path, call.function);
  const entry = entryOf(graph, id);
  const { pattern, perhaps } = listing;
  return {
    messageId: perhaps ? 'store' : 'keys',
    data: {
      call: describeCallee(facts, call),
      pattern: pattern === null ? '' : ` to find \`${pattern}\``,
      where: entry ? ` each time \`${describeEntry(graph, entry)}\` runs` : '',
    },
    at: calleePlace(facts.path, call),
    proof: perhaps ? 'pattern' : 'schema',
    ...(occasionOf(graph, id) === 'request' ? {} : { severity: 'info' as const }),
    symbol: graph.function(id).fact.symbol,
    related:
      entry && entry.handler.id !== id
        ? [{ at: { file: entry.file, span: entry.fact.span }, message: 'runs for this entry point' }]
        : [],
  };
}
