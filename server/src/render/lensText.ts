import type { Finding } from '#shared/finding.ts';
import type { EntryPointView, SiteView } from '#shared/siteView.ts';
import type { SqlView } from '#shared/sqlView.ts';
import { figuresText, perRequestText } from '#words/measurementText.ts';
import { plural } from './count.ts';

const PART = /(\{(?:measured|queries|index|findings)\})/;

/**
 * What stands above a query: what was measured of it, else only what is out of the ordinary, and the SQL statements it sends where they were asked
 * for; null where there is nothing to say.
 */
export function siteLens(
  { runs, findings, measurement }: Pick<SiteView, 'runs' | 'findings' | 'measurement'>,
  format: string,
  sql: SqlView | null = null,
): string | null {
  const repeated = runs === '1' ? '' : queriesText(runs);
  const measured = measurement === null ? '' : figuresText(measurement);
  return fill(format, { ...findingParts(findings), measured, queries: sql ? statementsText(runs, sql) : repeated });
}

/** Whether a lens of this format says how many queries there are. */
export function saysQueries(format: string): boolean {
  return format.includes('{queries}');
}

/** What stands above a route: the queries of one request, by the code and as they were counted, then what is wrong with them. */
export function entryLens(
  { queries, measured, findings }: Pick<EntryPointView, 'queries' | 'measured' | 'findings'>,
  format: string,
): string | null {
  const counted = measured === null || !format.includes('{measured}') ? '' : `${perRequestText(measured)} measured`;
  const formula = queries === null ? '' : queriesText(queries);
  return fill(format, {
    ...findingParts(findings),
    measured: formula === '' && counted !== '' ? `${counted} per request` : '',
    queries: formula !== '' && counted !== '' ? `${formula} (${counted})` : formula,
  });
}

function statementsText(runs: string, sql: SqlView): string {
  if (!('variants' in sql)) return runs === '1' ? 'SQL unknown' : queriesText(runs);
  const count = sql.variants[0].statements.length;
  if (count === 0) return 'no query';
  return `${sql.kind === 'partial' ? 'at least ' : ''}${queriesText(times(runs, count))}`;
}

/** Twice `3N·M` is `6N·M`. */
function times(runs: string, count: number): string {
  const [, factor = '', letters = ''] = /^(\d*)(.*)$/.exec(runs) ?? [];
  const product = (factor === '' ? 1 : Number(factor)) * count;
  return product === 1 && letters !== '' ? letters : `${product}${letters}`;
}

function queriesText(count: string): string {
  return count === '1' ? '1 query' : `${count} queries`;
}

type Parts = Readonly<Record<'measured' | 'queries' | 'index' | 'findings', string>>;

/** A missing index has a word of its own and is not counted again; hints are too quiet for a lens. */
function findingParts(findings: readonly Finding[]): Pick<Parts, 'index' | 'findings'> {
  const loud = findings.filter(({ severity }) => severity !== 'hint');
  const others = loud.filter(({ rule }) => rule !== 'missing-index').length;
  return {
    index: others < loud.length ? 'no index' : '',
    findings: others === 0 ? '' : plural(others, 'finding'),
  };
}

/** Parts that stand side by side are set apart by a dot; what stands before an empty part goes with it. */
function fill(format: string, parts: Parts): string | null {
  const pieces = format.split(PART);
  const placed = pieces.flatMap((piece, at) =>
    at % 2 === 1 ? [{ before: pieces[at - 1] ?? '', text: parts[piece.slice(1, -1) as keyof Parts] }] : [],
  );
  const filled = placed.filter(({ text }) => text !== '');
  if (filled.length === 0) return null;
  const words = filled.map(({ before, text }, at) => (at === 0 ? text : `${before || ' · '}${text}`));
  return `${pieces[0] ?? ''}${words.join('')}${pieces.at(-1) ?? ''}`.trim();
}
