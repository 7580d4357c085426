import { z } from 'zod';
import { asksOf, type ReadAsk } from '#graph/asks/asks.ts';
import { callsReachingQuery, filesReachingQuery } from '#graph/asks/reaching.ts';
import { describeSite } from '#graph/describe.ts';
import { calleePlace, chainPlaces, queryPlace } from '#graph/places.ts';
import type { EntryPoint, FunctionNode, ProjectGraph } from '#graph/projectGraph.ts';
import { functionId } from '#graph/projectGraph.ts';
import { occasionOf } from '#graph/reach.ts';
import { defineRule, type Report } from '../rule.ts';
import { asksOfPart, PAGE, pagesOf } from './pageParts.ts';
import { type Repeat, repeatsAcross, repeatsIn } from './repeats.ts';

export const rule = defineRule({
  meta: {
    id: 'repeated-query',
    finds: 'A query that runs again with the same arguments while the same request is answered.',
    why: 'The second one takes a round trip and a connection for rows that are there already.',
    severity: 'info',
    measuredBy: 'latency',
    stage: 'stable',
    preset: 'recommended',
    prismaCodes: [],
    needs: ['graph', 'entryPoints', 'remember'],
    options: z.object({}),
    messages: {
      query: {
        happens: '{queries} runs again with the same arguments.',
        costs: 'The database answers twice what the request knows after the first time.',
        todo: 'Keep the first answer and use it here.',
      },
      call: {
        happens: '`{callee}` runs {queries}, which ran before with the same arguments.',
        costs: 'The database answers twice what the request knows after the first time.',
        todo: 'Pass the row on to `{callee}`, or wrap what asks for it in a cache that lives for one request.',
      },
      page: {
        happens: '{queries} runs again with the same arguments: metadata, layout and page are made for one request.',
        costs: 'The database answers twice what the request knows after the first time.',
        todo: "Ask through one function wrapped in React's `cache`, which answers once per request.",
      },
    },
  },
  *check({ graph, entryPoints, remember }) {
    const reaching = filesReachingQuery(graph);
    for (const facts of graph.files.values().filter(({ path }) => reaching.has(path)))
      yield* remember(facts, function* () {
        if (graph.role(facts.path) !== 'app') return;
        for (const { index } of facts.functions.slice(1)) {
          const node = graph.function(functionId(facts.path, index));
          // A repeat takes two of them; most functions have none.
          if (callsReachingQuery(graph, node.id).size < 2) continue;
          for (const repeat of repeatsIn(asksOf(graph, node.id))) yield describe(graph, node, repeat);
        }
      });
    for (const { page, parts } of pagesOf(entryPoints))
      if (page.handler.role === 'app') yield* remember(page, () => repeatsOfPage(graph, parts));
  },
});

type MessageId = 'query' | 'call' | 'page';

/** What metadata, layouts and the page itself each ask for, being asked for the same request. */
function* repeatsOfPage(graph: ProjectGraph, parts: readonly EntryPoint[]): Generator<Report<MessageId>> {
  const before: ReadAsk[] = [];
  for (const part of parts) {
    const asks = asksOfPart(graph, part);
    if (PAGE.test(part.file))
      for (const repeat of repeatsAcross(before, asks))
        yield { ...describe(graph, part.handler, repeat), messageId: 'page' };
    before.push(...asks);
  }
}

function describe(graph: ProjectGraph, node: FunctionNode, { first, again }: Repeat): Report<MessageId> {
  const [{ by, site, steps }] = again;
  const called = steps.find(({ kind }) => kind !== 'callback');
  const names = new Set(again.map((ask) => `\`${describeSite(ask.site)}\``));
  return {
    messageId: called ? 'call' : 'query',
    data: {
      queries: [...names].slice(0, 3).join(', ') + (names.size > 3 ? ', …' : ''),
      ...(called ? { callee: graph.function(called.to).fact.name ?? 'the call' } : {}),
    },
    at: calleePlace(node.file, by),
    proof: 'schema',
    ...(occasionOf(graph, node.id) === 'request' ? {} : { severity: 'hint' as const }),
    symbol: node.fact.symbol,
    ...(site.model ? { model: site.model.name } : {}),
    operation: site.operation,
    related: [...way(graph, first, 'first time'), ...way(graph, again[0], 'again')],
  };
}

/** The calls that lead to a query, then the query. */
function way(graph: ProjectGraph, { site, steps }: ReadAsk, when: string) {
  return [...chainPlaces(graph, steps), { at: queryPlace(site), message: `\`${describeSite(site)}\`, ${when}` }];
}
