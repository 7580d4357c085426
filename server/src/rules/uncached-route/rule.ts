import { z } from 'zod';
import { describeEntry, describeSite } from '#graph/describe.ts';
import { inheritedMiddleware } from '#graph/inheritedMiddleware.ts';
import { chainPlaces, queryPlace } from '#graph/places.ts';
import type { EntryPoint, ProjectGraph } from '#graph/projectGraph.ts';
import { defineRule, type Report } from '../rule.ts';
import { adviceFor } from './advice.ts';
import { cacheFix } from './cacheFix.ts';
import { entryIsCached } from './cacheSigns.ts';
import { answersReads } from './entryKinds.ts';
import { isPersonalAnswer } from './personal.ts';
import { countQueries, isLookup, onlyReads } from './queries.ts';
import { type ReachedQuery, reach } from './reads.ts';
import { isPrivateRoute } from './routeNames.ts';

export const rule = defineRule({
  meta: {
    id: 'uncached-route',
    finds: 'A read-only route that asks the database on every request though its answer is the same for everyone.',
    why: 'The same rows are read again for every visitor, so traffic that a cache would absorb becomes database load.',
    severity: 'hint',
    stage: 'stable',
    preset: 'recommended',
    prismaCodes: [],
    needs: ['graph', 'entryPoints', 'project', 'remember'],
    options: z.object({
      lookups: z
        .boolean()
        .default(false)
        .describe(
          'Also report routes whose queries each find one row by what the request names, or rows by their keys.',
        ),
      minQueries: z.number().int().min(1).default(1).describe('Report only routes that run at least so many queries.'),
    }),
    messages: {
      uncached: {
        happens:
          '`{route}` asks the database on every request ({queries}), and nothing in the answer depends on who asks.',
        costs: 'The same rows are read again for every visitor.',
        todo: '{advice}',
      },
    },
  },
  *check({ graph, entryPoints, project, remember }, options) {
    const helpers = new Set(project.cacheHelpers);
    const told = new Set<string>();
    for (const entry of answersFirst(entryPoints)) {
      const answer = entry.fact.kind === 'page' ? entry.file : entry.handler.id;
      if (told.has(answer)) continue;
      const reports = remember(entry, function* () {
        if (!answersReads(graph, entry) || isPrivateRoute(entry)) return;
        const queries = uncachedQueries(graph, entry, helpers);
        if (countQueries(queries) < options.minQueries) return;
        if (options.lookups || !queries.every(({ site }) => isLookup(graph, site)))
          yield describe(graph, entry, queries, helpers);
      });
      if (reports.length > 0) told.add(answer);
      yield* reports;
    }
  },
});

/** A page is told of once, and rather where it is drawn than where its title is made. */
function answersFirst(entryPoints: readonly EntryPoint[]): readonly EntryPoint[] {
  const isTitle = ({ handler }: EntryPoint): boolean => handler.fact.name === 'generateMetadata';
  return [...entryPoints.filter((entry) => !isTitle(entry)), ...entryPoints.filter(isTitle)];
}

/** Queries every request runs for everyone alike; empty as soon as one sign speaks against it. */
function uncachedQueries(
  graph: ProjectGraph,
  entry: EntryPoint,
  helpers: ReadonlySet<string>,
): readonly ReachedQuery[] {
  const inherited = inheritedMiddleware(graph, entry);
  const wrappers = [...inherited.named.map(({ name }) => name), ...entry.fact.wrappers];
  if (entryIsCached(graph, entry, wrappers, helpers)) return [];
  const reached = reach(graph, entry.handler, helpers);
  const queries = onlyReads(graph, reached.queries);
  return queries.length === 0 || isPersonalAnswer(graph, entry, { wrappers, functions: inherited.functions }, reached)
    ? []
    : queries;
}

function describe(
  graph: ProjectGraph,
  entry: EntryPoint,
  queries: readonly ReachedQuery[],
  helpers: ReadonlySet<string>,
): Report<'uncached'> {
  const [first] = queries;
  const count = countQueries(queries);
  const fix = cacheFix(graph, entry, queries, helpers);
  return {
    messageId: 'uncached',
    data: {
      route: describeEntry(graph, entry),
      queries: count === 1 ? 'one query' : `up to ${count} queries`,
      advice: adviceFor(entry.fact),
    },
    at: { file: entry.file, span: entry.fact.span },
    proof: 'pattern',
    symbol: entry.handler.fact.symbol,
    ...(first?.site.model ? { model: first.site.model.name } : {}),
    ...(first ? { operation: first.site.operation } : {}),
    related: queries
      .slice(0, 8)
      .flatMap(({ site, steps }, index) => [
        ...(index === 0 ? chainPlaces(graph, steps) : []),
        { at: queryPlace(site), message: `runs \`${describeSite(site)}\`` },
      ]),
    fixes: fix ? [fix] : [],
  };
}
