import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { type RawSqlVariant, rawSql } from '#graph/rawSql/rawSql.ts';
import { placeInText } from '#graph/rawSql/sqlPart.ts';
import type { Provider } from '#schema/schemaModel.ts';
import type { Location } from '#shared/location.ts';
import { PARAMETER } from './mysqlShape.ts';
import type { Select } from './select.ts';
import type { ParseSelects } from './sqlParsers.ts';

/** The queries of a raw statement, with a way from places in its text to places in the code. */
export interface RawSelects {
  readonly selects: readonly Select[];
  /** All of the text is known, and there is no other: nothing may be added to what it says. */
  readonly whole: boolean;
  /** Null where no code stands for the character. */
  placeOf(offset: number): Location | null;
}

/** Parses the usual text of a raw query; null where the site is none or its text is not understood. */
export function rawSelects(graph: ProjectGraph, site: QuerySite, parse: ParseSelects): RawSelects | null {
  const raw = rawSql(graph, site);
  const [usual, ...others] = raw?.variants ?? [];
  const { provider } = site.schema;
  if (!usual || !provider) return null;
  const isKnown = usual.parts.every(({ kind }) => kind !== 'unknown');
  for (const unknown of STAND_INS) {
    const selects = parse(textOf(usual, provider, unknown), provider);
    if (selects)
      return {
        selects,
        whole: isKnown && others.length === 0 && raw?.furtherWays === 0,
        placeOf: (offset) => placeOf(usual, provider, unknown, offset),
      };
    if (isKnown) return null;
  }
  return null;
}

/** What text that is not known may be: nothing, a value or condition, a name, a list of columns before more. */
const STAND_INS = ['', '1', 'x', 'AND TRUE'] as const;

type Part = RawSqlVariant['parts'][number];

function textOf({ parts }: RawSqlVariant, provider: Provider, unknown: string): string {
  return parts.map((part) => partText(part, provider, unknown)).join('');
}

function partText(part: Part, provider: Provider, unknown: string): string {
  if (part.kind === 'text') return part.text;
  if (part.kind === 'parameter') return provider === 'mysql' || provider === 'sqlite' ? PARAMETER : '$1';
  return unknown;
}

function placeOf({ parts }: RawSqlVariant, provider: Provider, unknown: string, offset: number): Location | null {
  let start = 0;
  for (const part of parts) {
    const end = start + partText(part, provider, unknown).length;
    if (offset < end) return part.kind === 'text' ? placeInText(part, offset - start, offset - start + 1) : part.at;
    start = end;
  }
  return null;
}
