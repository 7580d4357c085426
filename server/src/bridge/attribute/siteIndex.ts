import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { Dialect } from '#schema/sqlTokens.ts';
import { canonicalSql } from '#sql/canonical/canonicalSql.ts';
import type { SiteSql } from '#sql/siteSql.ts';
import { labelledSites } from './labels.ts';
import { type PlacedSites, placedSites } from './placedSites.ts';

/** What is known of the calls of a project for telling whose an execution was. */
export interface SiteIndex {
  readonly places: PlacedSites;
  /** Calls that send a statement of this text; where none is known to, those of which all but the conditions is known, and is the same. */
  sending(text: string, dialect: Dialect): readonly Sender[];
  /** By `Model.operation`, whatever the case of the model's first letter. */
  named(name: string): readonly QuerySite[];
  /** By the label of a wrapper around the call. */
  labelled(label: string): readonly QuerySite[];
  /** Whether all a call may send is known. */
  isKnown(site: QuerySite): boolean;
  /** Calls of which it is not known what else they may send, which may be what `site` sends too. */
  rivals(site: QuerySite, text: string): readonly QuerySite[];
  /** What the schemas say the database is; PostgreSQL where they say nothing. */
  readonly dialect: Dialect;
}

/** A call and what a statement is to it: what it begins with, or one of those that follow. */
export interface Sender {
  readonly site: QuerySite;
  readonly part: 'first' | 'further';
}

export function siteIndex(graph: ProjectGraph, sqlOf: (site: QuerySite) => SiteSql): SiteIndex {
  const senders = new Map<string, Map<QuerySite, Sender>>();
  const frames = new Map<string, readonly Sender[]>();
  const unsure = new Map<QuerySite, (text: string) => boolean>();
  for (const site of graph.sites) {
    const sql = sqlOf(site);
    const statements = statementsOf(sql);
    if (!isWhole(sql)) unsure.set(site, maySend(sql, statements));
    if (lacksConditions(sql)) {
      for (const { text, dialect } of statements.slice(0, 1)) {
        const key = `${dialect} ${frameOf(text)}`;
        frames.set(key, [...(frames.get(key) ?? []), { site, part: 'first' }]);
      }
    }
    // What was put in for a part that is required and unknown is not what is sent.
    for (const { text, dialect, part } of 'variants' in sql && sql.assumed.length > 0 ? [] : statements) {
      const ofText = senders.get(`${dialect} ${text}`) ?? new Map<QuerySite, Sender>();
      senders.set(`${dialect} ${text}`, ofText);
      if (ofText.get(site)?.part !== 'first') ofText.set(site, { site, part });
    }
  }
  const names = Map.groupBy(graph.sites, (site) => nameKey(`${site.model?.name ?? ''}.${site.operation}`));
  const labels = labelledSites(graph);
  const provider = graph.schemas.find((schema) => schema.provider !== null)?.provider;
  return {
    places: placedSites(graph.sites),
    sending: (text, dialect) => [
      ...(senders.get(`${dialect} ${text}`)?.values() ?? frames.get(`${dialect} ${frameOf(text)}`) ?? []),
    ],
    named: (name) => names.get(nameKey(name)) ?? [],
    labelled: (label) => labels.get(label) ?? [],
    isKnown: (site) => !unsure.has(site),
    rivals: (site, text) =>
      [...unsure].flatMap(([rival, sends]) => (mayBeBoth(site, rival) && sends(text) ? [rival] : [])),
    dialect: dialectOf(provider ?? 'postgresql') ?? 'postgresql',
  };
}

/** How a database reads SQL; null where it is not asked in SQL. */
export function dialectOf(provider: string): Dialect | null {
  switch (provider) {
    case 'mysql':
    case 'sqlite':
    case 'sqlserver':
      return provider;
    case 'mongodb':
      return null;
    default:
      return 'postgresql';
  }
}

function nameKey(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function isWhole(sql: SiteSql): boolean {
  return 'variants' in sql && sql.lost.length === 0 && sql.assumed.length === 0 && sql.furtherWays === 0;
}

interface SentStatement {
  readonly dialect: Dialect;
  readonly text: string;
  readonly part: Sender['part'];
}

/** The first of a variant is what each call sends once. */
function statementsOf(sql: SiteSql): readonly SentStatement[] {
  const dialect = 'variants' in sql ? dialectOf(sql.provider) : null;
  if (!('variants' in sql) || dialect === null) return [];
  const ways = [...sql.variants.map(({ statements }) => statements), ...(sql.batched ? [sql.batched] : [])];
  return ways.flatMap((statements) =>
    statements.map((statement, index) => ({
      dialect,
      text: canonicalSql(statement.sql, dialect).text,
      part: index === 0 ? 'first' : 'further',
    })),
  );
}

const OF_ROWS: ReadonlySet<string> = new Set([
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'findMany',
]);

/** Only calls of the same model and kind send the same statements; raw SQL whose text is unknown is left out, or nothing could be told. */
function mayBeBoth(site: QuerySite, rival: QuerySite): boolean {
  if (site === rival || site.model === null || site.model !== rival.model) return false;
  return site.operation === rival.operation || (OF_ROWS.has(site.operation) && OF_ROWS.has(rival.operation));
}

/** Only conditions of it are unknown. */
function lacksConditions(sql: SiteSql): boolean {
  if (!('variants' in sql) || sql.kind === 'raw' || sql.furtherWays > 0 || isWhole(sql)) return false;
  return [...sql.lost, ...sql.assumed].every((part) => /^where\b/.test(part));
}

/** Where only conditions are unknown, the rest of the statement must be the same. */
function maySend(sql: SiteSql, statements: readonly SentStatement[]): (text: string) => boolean {
  if (!lacksConditions(sql)) return () => true;
  const frames = new Set(statements.map(({ text }) => frameOf(text)));
  return (text) => frames.has(frameOf(text));
}

/** A statement without its conditions. */
function frameOf(text: string): string {
  const rest = /(?: order by [^()]*?)?(?: limit \?)?(?: offset \?)?$/.exec(text)?.[0] ?? '';
  const [head = ''] = text.slice(0, text.length - rest.length).split(' where ', 1);
  return head + rest;
}
