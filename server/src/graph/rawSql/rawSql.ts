import type { Location } from '#shared/location.ts';
import { type Decisions, everyOutcome } from '../decisions.ts';
import type { ProjectGraph, QuerySite, ResolvedValue } from '../projectGraph.ts';
import { driverParts, driverText, driverValues } from './driverSql.ts';
import { fragmentParts, taggedParts } from './fragments.ts';
import { withPlacedFragments } from './placedFragments.ts';
import type { Reading } from './reading.ts';
import { type SqlPart, textOfParts } from './sqlPart.ts';
import { stringParts } from './strings.ts';

/** The text of a raw query as far as the program tells it. */
export interface RawSql {
  /** The usual text first, then what differs from it in one place each; at least one, each text once. */
  readonly variants: readonly RawSqlVariant[];
  /** How many more texts there may be than these. */
  readonly furtherWays: number;
  /** The expression that gives the text. */
  readonly at: Location;
  /** Values handed in beside the text of an `Unsafe` form, whose places (`$1`, `?`) are written in the text. */
  readonly bound: readonly ResolvedValue[];
}

/** One text the query may have. */
export interface RawSqlVariant {
  /** What is different from the usual text, such as `without AND "teamId" = ?`. */
  readonly differs: readonly string[];
  readonly parts: readonly SqlPart[];
}

/** What a raw query reads as; more shapes of one text than this tell nobody anything. */
const MAX_VARIANTS = 8;

/** The text of a raw query; null where the site is none, or where the text stands in a file of its own (`$queryRawTyped`). */
export function rawSql(graph: ProjectGraph, site: QuerySite): RawSql | null {
  return graph.remember(site.call, 'raw SQL text', () => readRawSql(graph, site));
}

function readRawSql(graph: ProjectGraph, site: QuerySite): RawSql | null {
  const way = wayTo(graph, site);
  if (!way) return null;
  const { outcomes, untried } = everyOutcome(
    (decisions: Decisions) => way.parts({ graph, decisions, built: new Map(), depth: 0, fragment: fragmentParts }),
    MAX_VARIANTS,
  );
  const told = new Map<string, RawSqlVariant>();
  for (const { result: parts, differs } of outcomes) {
    const text = textOfParts(parts, () => '?');
    if (!told.has(text)) told.set(text, { differs, parts });
  }
  return { variants: [...told.values()], furtherWays: untried, at: way.at, bound: way.bound };
}

/** How the text of a query is come by. */
interface Way extends Pick<RawSql, 'at' | 'bound'> {
  readonly parts: (reading: Reading) => readonly SqlPart[];
}

function wayTo(graph: ProjectGraph, site: QuerySite): Way | null {
  const { driver, operation } = site;
  if (driver) {
    const at = { file: site.file, span: driverText(site, driver)?.value.span ?? site.call.span };
    const bound = driver.package === 'pg' ? driverValues(graph, site, driver) : [];
    return { at, bound, parts: (reading) => driverParts(reading, site, driver) };
  }
  const [first, ...rest] = site.call.arguments;
  if (site.access !== 'raw' || operation === '$queryRawTyped' || !first) return null;
  const inFile = (value: typeof first): ResolvedValue => ({ file: site.file, value });
  const at = { file: site.file, span: first.span };
  if (operation.endsWith('Unsafe'))
    return { at, bound: rest.map(inFile), parts: (reading) => stringParts(reading, inFile(first)) };
  const tagged = (reading: Reading) => withPlacedFragments(graph, taggedParts(reading, site.call.kind, inFile(first)));
  return { at, bound: [], parts: tagged };
}
