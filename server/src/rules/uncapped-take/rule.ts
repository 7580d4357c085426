import { z } from 'zod';
import { describeSite } from '#graph/describe.ts';
import { type Group, groupsOf } from '#graph/groups.ts';
import { modelSize } from '#graph/modelSize.ts';
import { queryPlace } from '#graph/places.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import { isForStaff } from '#graph/roles.ts';
import type { Location } from '#shared/location.ts';
import { defineRule, type Report } from '../rule.ts';
import { capFix } from './capFix.ts';
import { type Taken, taken } from './taken.ts';

export const rule = defineRule({
  meta: {
    id: 'uncapped-take',
    finds: 'A `take` or `LIMIT` that whoever sends the request chooses, without an upper bound.',
    why: 'One request for a million rows reads, sends and holds a million rows: paging protects nobody who does not want it to.',
    severity: 'warning',
    stage: 'stable',
    preset: 'recommended',
    prismaCodes: [],
    needs: ['graph', 'queries', 'project', 'remember'],
    options: z.object({
      cap: z.number().int().min(1).default(100).describe('Rows the offered upper bound lets through.'),
    }),
    messages: {
      direct: {
        happens: '`{query}` reads as many rows as {name} of the {part} asks for.',
        costs: 'Whoever sends a large number makes the server read, hold and send the whole table.',
        todo: 'Cap it before it is used: `Math.min({short}, {cap})`.',
      },
      shared: {
        happens: '{name} of the {part} says how many rows `{query}`{others} read, and has no upper bound.',
        costs: 'Whoever sends a large number makes the server read, hold and send the whole table.',
        todo: 'Cap it where it comes in: `Math.min(…, {cap})`.',
      },
      declared: {
        happens: '{name} has no upper bound and says how many rows `{query}`{others} read{s}.',
        costs: 'Whoever sends a large number makes the server read, hold and send the whole table.',
        todo: 'Give it one where it is checked, such as a maximum of {cap}.',
      },
    },
  },
  *check({ graph, queries, project, remember }, { cap }) {
    const found: Taken[] = [];
    for (const site of queries) {
      if (site.function.role !== 'app') continue;
      found.push(
        ...remember(site, function* () {
          if (site.model && modelSize(graph, site.model, project) === 'small') return;
          yield* taken(graph, site);
        }),
      );
    }
    for (const [group] of groupsOf(groupsOf(found, placeKey), reportKey)) yield describe(group, cap);
  },
});

type MessageId = 'direct' | 'shared' | 'declared';

/** Where the number comes in is the place to change; several queries may hang on it. */
function placeKey({ origin: { declared, at } }: Taken): string {
  const { file, span } = declared ?? at;
  return `${file}:${span.start}`;
}

/** A query that several requests lead to is told once. */
function reportKey(group: Group<Taken>): string {
  const [first] = group;
  const { file, span } = placeOf(first, messageOf(group));
  return `${file}:${span.start}`;
}

function messageOf(group: readonly Taken[]): MessageId {
  if (group.some(({ origin }) => origin.declared)) return 'declared';
  return new Set(group.map(({ site }) => site)).size > 1 ? 'shared' : 'direct';
}

function describe(group: Group<Taken>, cap: number): Report<MessageId> {
  const [first] = group;
  const { site, origin } = first;
  const sites = [...new Set(group.map((each) => each.site))];
  const others = sites.length - 1;
  const messageId = messageOf(group);
  const fix = capFix(first, messageId === 'shared', cap);
  return {
    messageId,
    data: {
      query: describeSite(site),
      name: origin.name === null ? 'a value' : `\`${origin.name}\``,
      short: origin.name ?? 'size',
      part: origin.part,
      others: others > 0 ? ` and ${others} more ${others > 1 ? 'queries' : 'query'}` : '',
      s: others > 0 ? '' : 's',
      cap,
    },
    at: placeOf(first, messageId),
    proof: 'schema',
    ...(isTrusting(group) ? { severity: 'info' as const } : {}),
    symbol: site.function.fact.symbol,
    ...(site.model ? { model: site.model.name } : {}),
    operation: site.operation,
    related: messageId === 'direct' ? [{ at: origin.at, message: 'comes from the request here' }] : queries(sites),
    fixes: fix ? [fix] : [],
  };
}

function placeOf({ site, origin, at }: Taken, messageId: MessageId): Location {
  if (origin.declared) return { file: origin.declared.file, span: origin.declared.span };
  return messageId === 'shared' ? origin.at : (at ?? queryPlace(site));
}

/** Called by the project's own pages, with numbers written there, by those who run the application, or by a clock. */
function isTrusting(group: readonly Taken[]): boolean {
  return group.every(
    ({ site, origin }) =>
      origin.part === 'arguments' || [origin.at.file, site.file].some((file) => isForStaff(file) || OURS.test(file)),
  );
}

const OURS = /(^|[/_.-])(mod|cron|job|debug)s?([/_.+-]|$)/i;

function queries(sites: readonly QuerySite[]): readonly { readonly at: Location; readonly message: string }[] {
  return sites.map((site) => ({
    at: queryPlace(site),
    message: `\`${describeSite(site)}\` reads so many rows`,
  }));
}
