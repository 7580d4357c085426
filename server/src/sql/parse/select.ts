import type { Shape } from './shape.ts';

/** What one `SELECT` gives, in the same shape whatever parsed it; branches of a `UNION` are one each. Of an `UPDATE` or `DELETE`, which gives nothing, how it finds its rows. */
export interface Select {
  readonly outputs: readonly Output[];
  readonly from: readonly Source[];
  /** Names `WITH` gives to other queries. */
  readonly named: ReadonlyMap<string, readonly Select[]>;
  readonly shape: Shape;
}

/** A column of the answer; of others than `*` nothing needs to be known. */
export type Output =
  | { readonly kind: 'star'; readonly of: string | null; readonly offset: number | null }
  | { readonly kind: 'column' };

/** What a `FROM` item reads from, by the name the query calls it. */
export type Source =
  | { readonly name: string; readonly kind: 'table'; readonly table: string }
  | { readonly name: string; readonly kind: 'query'; readonly selects: readonly Select[] };

/** A `*` that ends up in the answer, and the tables whose columns it stands for. */
export interface OutputStar {
  readonly tables: readonly string[];
  /** Where the `*` stands in the text, counted in characters; null where the parser does not say. */
  readonly offset: number | null;
}

type Scope = ReadonlyMap<string, readonly Select[]>;

/** Stars over tables in the answer of a query; one over a query that names its columns is none. */
export function outputStars(selects: readonly Select[], outer: Scope = new Map()): readonly OutputStar[] {
  return selects.flatMap((select) => {
    const scope = new Map([...outer, ...select.named]);
    return select.outputs.flatMap((output) => (output.kind === 'star' ? starOf(output, select, scope) : []));
  });
}

function starOf(
  { of, offset }: Extract<Output, { kind: 'star' }>,
  { from }: Select,
  scope: Scope,
): readonly OutputStar[] {
  const meant = from.filter(({ name }) => of === null || name === of);
  const tables = meant.flatMap((source) => (source.kind === 'table' && !scope.has(source.table) ? [source.table] : []));
  const inner = meant.flatMap((source) => starsWithin(source, scope));
  return [...(tables.length > 0 ? [{ tables, offset }] : []), ...inner];
}

function starsWithin(source: Source, scope: Scope): readonly OutputStar[] {
  if (source.kind === 'query') return outputStars(source.selects, scope);
  const selects = scope.get(source.table) ?? [];
  // A query may read itself (`WITH RECURSIVE`); it adds no columns by that.
  return outputStars(selects, new Map([...scope, [source.table, []]]));
}
