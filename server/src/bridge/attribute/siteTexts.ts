import type { QuerySite } from '#graph/projectGraph.ts';
import type { Dialect } from '#schema/sqlTokens.ts';
import { foldedSql } from '#sql/canonical/canonicalSql.ts';
import type { SentStatement, SentWay, SentWays, StatementPart } from '#sql/sentWays.ts';
import { type ConstantPlaces, constantPlaces } from './constants.ts';
import { otherWritings } from './otherVersions.ts';

/** What a call sends, as statements in a log are compared with it. */
export interface SiteTexts {
  readonly statements: readonly SiteText[];
  /** Whether nothing else is sent by it. */
  readonly whole: boolean;
  /** Whether it may send a statement that is not known of it; asked only where it is not whole. */
  mayAlsoSend(text: string): boolean;
}

/** One statement of one way to make a call. */
export interface SiteText {
  readonly dialect: Dialect;
  readonly text: string;
  /** What each call sends once and first, or what follows it. */
  readonly part: 'first' | 'further';
  /** Null where a value of the code may be another than it seems. */
  readonly constants: ConstantPlaces | null;
  readonly way: SentWay | null;
  /** The client itself puts BEGIN and COMMIT around it. */
  readonly transaction: boolean;
  /** The conditions of it are not known: only the rest can be compared. */
  readonly frameOnly: boolean;
}

const known = new WeakMap<SentWays, SiteTexts>();

/** Worked out once for what a call sends, which outlives edits elsewhere. */
export function siteTexts(ways: SentWays): SiteTexts {
  const texts = known.get(ways) ?? readTexts(ways);
  known.set(ways, texts);
  return texts;
}

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

function readTexts({ provider, version, ways, batched, assumed, begins, whole, unknownParts }: SentWays): SiteTexts {
  const dialect = provider === null ? null : dialectOf(provider);
  if (dialect === null) return { statements: [], whole: false, mayAlsoSend: () => true };
  const textsOf = (statement: SentStatement, index: number, way: SentWay | null): readonly SiteText[] => {
    const { text, values } = foldedSql(statement.sql, dialect);
    const common = { dialect, part: index === 0 ? 'first' : 'further', way, frameOnly: false } as const;
    const { transaction, child } = statement;
    const constants = whole && way !== null ? constantPlaces(values(), statement.constants) : null;
    const others = way?.args === null ? [] : otherWritings(text, child, version);
    return [
      { ...common, text, constants, transaction },
      ...others.map((other) => ({ ...common, text: other, constants: null, transaction })),
    ];
  };
  const sent = ways.flatMap((way) => way.statements.flatMap((statement, index) => textsOf(statement, index, way)));
  const together = batched?.flatMap((statement, index) => textsOf(statement, index, null)) ?? [];
  const statements = assumed ? sent.filter(({ part }) => begins && part === 'first') : [...sent, ...together];
  if (whole || unknownParts === null) return { statements, whole, mayAlsoSend: () => true };
  const firsts = sent.filter(({ part }) => part === 'first');
  const frames = new Set(firsts.map(({ text }) => frameOf(text, unknownParts)));
  const onlyConditions = [...unknownParts].join() === 'where';
  return {
    statements: onlyConditions ? [...statements, ...firsts.map((each) => ({ ...each, frameOnly: true }))] : statements,
    whole,
    mayAlsoSend: (text) => frames.has(frameOf(text, unknownParts)),
  };
}

const CONDITIONS: ReadonlySet<StatementPart> = new Set(['where']);

/** A statement without the parts that are not known, and without the tables that they may join. */
export function frameOf(text: string, unknown: ReadonlySet<StatementPart> = CONDITIONS): string {
  const [, order = '', limit = ''] = /( order by [^()]*?)?((?: limit \?)?(?: offset \?)?)$/.exec(text) ?? [];
  const rest = text.slice(0, text.length - order.length - limit.length);
  const at = rest.indexOf(' where ');
  const [head, where] = at < 0 ? [rest, ''] : [rest.slice(0, at), rest.slice(at)];
  const joined = unknown.size === 0 ? head : head.replace(/ (?:left |inner )?join .*$/s, '');
  const kept = { where, order, limit };
  return [joined, ...PARTS.map((part) => (unknown.has(part) ? '' : kept[part]))].join('|');
}

const PARTS = ['where', 'order', 'limit'] as const satisfies readonly StatementPart[];

const OF_ROWS: ReadonlySet<string> = new Set([
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'findMany',
]);

/** Only calls of the same model and kind send the same statements; raw SQL whose text is unknown is left out, or nothing could be told. */
export function mayBeBoth(site: QuerySite, rival: QuerySite): boolean {
  if (site === rival || site.model === null || site.model !== rival.model) return false;
  return site.operation === rival.operation || (OF_ROWS.has(site.operation) && OF_ROWS.has(rival.operation));
}
