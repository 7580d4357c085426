import { z } from 'zod';
import { allNames, describeSite } from '#graph/describe.ts';
import { type Group, groupsOf, perGroup } from '#graph/groups.ts';
import { modelSize, standsAlone } from '#graph/modelSize.ts';
import { calleePlace, queryPlace } from '#graph/places.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { occasionOf } from '#graph/reach.ts';
import type { Severity } from '#shared/finding.ts';
import type { ProjectSettings } from '#shared/settings.ts';
import { defineRule, type Report } from '../rule.ts';
import { type Alternatives, alternativesOf } from './alternatives.ts';

export const rule = defineRule({
  meta: {
    id: 'unindexed-or',
    finds: 'An `OR` over columns of a table and rows related to it, with nothing else to find the rows by.',
    why: 'No index serves two tables at once: the database reads the whole table and holds each row against both sides.',
    severity: 'info',
    measuredBy: 'latency',
    stage: 'experimental',
    preset: 'all',
    prismaCodes: [],
    needs: ['graph', 'queries', 'project', 'remember'],
    options: z.object({}),
    messages: {
      mixed: {
        happens: '`{query}` finds rows of `{model}` by {own} or by the rows of {related}.',
        costs: 'Neither index serves both: each time the database reads the whole table.',
        todo: 'Ask for the ids behind {related} first, and put them into the `OR` as `{key}: { in: ids }`; or send two queries.',
      },
      same: {
        happens:
          '`{query}` finds rows of `{model}` by one or the other of several conditions on the rows of {related}.',
        costs: 'Each is looked up by itself, and no index serves all: each time the database reads the whole table.',
        todo: 'Ask once: put the `OR` inside of {related}.',
      },
      related: {
        happens: '`{query}` finds rows of `{model}` by the rows of one or the other of {related}.',
        costs: 'No index serves both: each time the database reads the whole table.',
        todo: 'Ask for the ids behind each first, and put them into one `{key}: { in: ids }`; or send two queries.',
      },
    },
  },
  *check({ graph, queries, project, remember }) {
    const found = queries.flatMap((site) => remember(site, () => foundAt(graph, site, project)));
    yield* groupsOf(found, keyOf).map(describe);
  },
});

interface Found {
  readonly site: QuerySite;
  readonly alternatives: Alternatives;
  readonly severity: Severity;
}

function* foundAt(graph: ProjectGraph, site: QuerySite, project: ProjectSettings): Generator<Found> {
  if (site.function.role !== 'app' || !site.model || site.schema.provider === 'mongodb') return;
  const alternatives = alternativesOf(graph, site);
  const size = alternatives ? modelSize(graph, alternatives.model, project) : 'small';
  if (!alternatives || size === 'small') return;
  const loud =
    size === 'growing' &&
    !standsAlone(alternatives.model, project) &&
    occasionOf(graph, site.function.id) === 'request';
  yield { site, alternatives, severity: loud ? 'info' : 'hint' };
}

/** A page and its count ask the same way: that is one thing to mend. */
function keyOf({ site, alternatives: { model, own, related } }: Found): string {
  return [site.function.id, model.name, ...own, ...related].join(' ');
}

type MessageId = 'mixed' | 'same' | 'related';

const describe = perGroup(([{ site, alternatives, severity }, ...others]: Group<Found>): Report<MessageId> => {
  const { model, own, related } = alternatives;
  const id = model.indexes.find(({ kind }) => kind === 'id')?.fields[0]?.name ?? 'id';
  return {
    messageId: own.length > 0 ? 'mixed' : related.length > 1 ? 'related' : 'same',
    data: {
      ...{ query: describeSite(site), model: model.name, key: id },
      own: allNames(own),
      related: allNames(related),
    },
    at: queryPlace(site),
    proof: 'schema',
    severity,
    symbol: site.function.fact.symbol,
    model: model.name,
    operation: site.operation,
    columns: [...own, ...related],
    related: others.map((each) => ({
      at: calleePlace(each.site.file, each.site.call),
      message: 'asks the same way',
    })),
  };
});
