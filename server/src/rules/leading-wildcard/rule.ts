import { z } from 'zod';
import { groupsOf } from '#graph/groups.ts';
import { modelSize, standsAlone } from '#graph/modelSize.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { occasionOf } from '#graph/reach.ts';
import type { ProjectSettings } from '#shared/settings.ts';
import { defineRule } from '../rule.ts';
import { describe } from './describe.ts';
import { searchesOf, type Weighed } from './searches.ts';

export const rule = defineRule({
  meta: {
    id: 'leading-wildcard',
    finds:
      'Texts that are looked for in the middle of a column, or whatever their case, with no index that could find them.',
    why: 'An index knows how a text begins, letter by letter: for anything else the database reads the whole table.',
    severity: 'info',
    measuredBy: 'latency',
    stage: 'experimental',
    preset: 'all',
    prismaCodes: [],
    needs: ['graph', 'queries', 'project', 'remember'],
    options: z.object({}),
    messages: {
      middle: {
        happens: '{queries} for a text anywhere in {columns} of `{model}`, and by nothing else.',
        costs: 'No plain index serves that: each time the database reads the whole table.',
        todo: '{remedy}',
      },
      insensitive: {
        happens: '{queries} for {columns} of `{model}` whatever the case, and by nothing else.',
        costs: 'The plain index does not serve that: each time the database reads the whole table.',
        todo: 'Store the text in lower case and compare it so, or: {remedy}',
      },
    },
  },
  *check({ graph, queries, project, remember }) {
    const found = queries.flatMap((site) => remember(site, () => weighed(graph, site, project)));
    yield* groupsOf(found, ({ search }) => search.model).map(describe);
  },
});

function weighed(graph: ProjectGraph, site: QuerySite, project: ProjectSettings): readonly Weighed[] {
  if (site.function.role !== 'app' || site.access === 'raw' || site.schema.provider === 'mongodb') return [];
  return searchesOf(graph, site).flatMap((search): readonly Weighed[] => {
    const size = modelSize(graph, search.model, project);
    if (size === 'small') return [];
    const grows = size === 'growing' && !standsAlone(search.model, project);
    const asked = grows && occasionOf(graph, site.function.id) === 'request' && !search.maybeNarrow;
    const curable = site.schema.provider === 'postgresql' || site.schema.provider === 'cockroachdb';
    return [{ search, severity: asked && curable ? 'info' : 'hint' }];
  });
}
