import { z } from 'zod';
import { calleePlace } from '#graph/places.ts';
import { functionId, type ProjectGraph } from '#graph/projectGraph.ts';
import { occasionOf } from '#graph/reach.ts';
import type { FileFacts } from '#syntax/facts.ts';
import { defineRule, type Report } from '../rule.ts';
import { type CacheUse, cacheUseOf } from './cacheUse.ts';
import { type Store, storesOf } from './stores.ts';

export const rule = defineRule({
  meta: {
    id: 'unbounded-memory-cache',
    finds: 'A map that keeps what was fetched, by key, for as long as the process runs.',
    why: 'It grows with every key that is ever asked for, and answers with what may have changed long ago.',
    severity: 'info',
    stage: 'experimental',
    preset: 'all',
    prismaCodes: [],
    needs: ['graph', 'remember'],
    options: z.object({}),
    messages: {
      kept: {
        happens: 'This map keeps {what} for every key it is ever asked for, and drops none.',
        costs: 'Memory grows until the process is restarted, and what has changed since is not seen.',
        todo: 'Bound it: a cache with a size and an age (`lru-cache` with `max` and `ttl`), or one that all processes share.',
      },
      expired: {
        happens:
          'This map keeps {what} for every key it is ever asked for; what is too old is fetched again, but nothing is dropped.',
        costs: 'Memory grows with every key until the process is restarted.',
        todo: 'Bound it: a cache with a size and an age (`lru-cache` with `max` and `ttl`), or delete what is too old now and then.',
      },
    },
  },
  *check({ graph, remember }) {
    for (const facts of graph.files.values()) {
      if (graph.role(facts.path) !== 'app' || facts.directives.includes('use client')) continue;
      if (!facts.calls.some(({ callee }) => callee.path.at(-1) === 'set')) continue;
      yield* remember(facts, function* () {
        for (const store of storesOf(facts)) {
          const use = cacheUseOf(graph, facts, store);
          if (use) yield describe(graph, facts, store, use);
        }
      });
    }
  },
});

type MessageId = 'kept' | 'expired';

function describe(graph: ProjectGraph, facts: FileFacts, { made }: Store, use: CacheUse): Report<MessageId> {
  const filled = functionId(facts.path, use.set.function);
  const isCertain = use.fetches !== null && occasionOf(graph, filled) === 'request';
  return {
    messageId: use.expires ? 'expired' : 'kept',
    data: { what: use.fetches === null ? 'what was fetched' : `the answer of ${use.fetches}` },
    at: calleePlace(facts.path, made),
    proof: isCertain ? 'schema' : 'pattern',
    symbol: graph.function(functionId(facts.path, made.function)).fact.symbol,
    related: [
      { at: calleePlace(facts.path, use.get), message: 'looks for an entry' },
      { at: calleePlace(facts.path, use.set), message: 'adds an entry' },
    ],
  };
}
