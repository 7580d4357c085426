import { z } from 'zod';
import { describeSite, listNames } from '#graph/describe.ts';
import { fetchedShape } from '#graph/fetchedShape.ts';
import { type FollowedUsage, followUsage } from '#graph/followUsage.ts';
import { modelSize } from '#graph/modelSize.ts';
import { narrowedInMemory } from '#graph/narrowedInMemory.ts';
import { GIVES_ROWS } from '#graph/operations.ts';
import { queryPlace } from '#graph/places.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { type Unread, unreadParts } from '#graph/unread.ts';
import type { ProjectSettings } from '#shared/settings.ts';
import { defineRule, type Report } from '../rule.ts';
import { dropFix } from './dropFix.ts';
import { selectFix } from './selectFix.ts';
import { selectWords } from './selection.ts';
import { type Waste, wasteOf } from './waste.ts';

export const rule = defineRule({
  meta: {
    id: 'over-fetching',
    finds: 'Columns or relations that a query brings and nothing ever reads.',
    why: 'The database reads them, the network carries them and the client builds objects of them, for nothing.',
    severity: 'warning',
    measuredBy: 'latency',
    stage: 'stable',
    preset: 'recommended',
    prismaCodes: ['LINT.SELECT_STAR'],
    needs: ['graph', 'queries', 'project', 'remember'],
    options: z.object({
      minColumns: z.number().int().min(1).default(6).describe('Unread narrow columns of a list query worth a hint.'),
    }),
    messages: {
      relation: {
        happens: '`{query}` also reads {parts}, which nothing looks at.',
        costs: 'Every run sends one more query or join and builds its rows for nothing.',
        todo: 'Drop {them} from the `include` or `select`.',
      },
      wide: {
        happens: '`{query}` brings {parts}{rows}, which nothing reads.',
        costs: 'Such columns can hold kilobytes each: most of what is read, sent and parsed is thrown away.',
        todo: 'Name the columns that are read: {select}.',
      },
      returned: {
        happens: '`{query}` gives back {parts}, which nothing reads.',
        costs: 'What was just written is read again and sent back over the network.',
        todo: 'Name the columns that are read: {select}.',
      },
      columns: {
        happens: '`{query}` brings {count} columns that nothing reads ({parts}).',
        costs: 'They are read, sent and parsed for every row.',
        todo: 'Name the columns that are read: {select}.',
      },
    },
  },
  *check({ graph, queries, project, remember }, options) {
    for (const site of queries) {
      // Of writes, which give their rows back, only what costs most is reported.
      if (!GIVES_ROWS.test(site.operation) || site.function.role !== 'app' || site.fluent.length > 0) continue;
      yield* remember(site, () => unreadOf(graph, site, project, options.minColumns));
    }
  },
});

function* unreadOf(
  graph: ProjectGraph,
  site: QuerySite,
  project: ProjectSettings,
  minColumns: number,
): Generator<Report<MessageId>> {
  if (site.model && modelSize(graph, site.model, project) === 'small') return;
  const usage = followUsage(graph, site);
  if (usage.escapes.some((path) => path.length === 0)) return;
  const ignored = [...usage.reads, ...usage.escapes, ...usage.touched].length === 0;
  const shape = ignored && site.access === 'read' ? null : fetchedShape(graph, site);
  if (!shape) return;
  const unread = unreadParts(shape, usage);
  const waste = wasteOf(site, shape, unread, minColumns);
  // Rows that are only added up are not to be read at all, with whichever columns.
  if (waste && narrowedInMemory(graph, site)?.kind === 'sum') return;
  if (waste) yield describe(site, waste, unread, usage);
}

type MessageId = Waste['kind'];

function describe(site: QuerySite, waste: Waste, unread: Unread, usage: FollowedUsage): Report<MessageId> {
  const names = waste.paths.map((path) => path.join('.'));
  const drop = dropFix(site, waste.paths);
  const fix = drop ?? (waste.kind === 'relation' ? null : selectFix(site, usage));
  return {
    messageId: waste.kind,
    data: {
      query: describeSite(site),
      parts: listNames(names),
      them: names.length > 1 ? 'them' : 'it',
      count: names.length,
      rows: site.operation === 'findMany' ? ' of every row' : '',
      select: selectWords(site, usage),
    },
    at: queryPlace(site),
    proof: 'schema',
    severity: waste.severity,
    symbol: site.function.fact.symbol,
    ...(site.model ? { model: site.model.name } : {}),
    operation: site.operation,
    columns: names,
    related: unread.relations.map(({ path, relation }) => ({
      at: { file: relation.asked.file, span: relation.asked.span },
      message: `\`${path.join('.')}\` is asked for here`,
    })),
    fixes: fix ? [fix] : [],
  };
}
