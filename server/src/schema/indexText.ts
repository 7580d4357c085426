import type { Index } from './schemaModel.ts';

const ATTRIBUTES = { id: 'id', unique: 'unique', index: 'index', fulltext: 'fulltext' } as const;

/** An index as a schema says it: `@@index([a, b])`. */
export function indexText({ kind, fields }: Pick<Index, 'kind' | 'fields'>): string {
  const columns = fields.map(({ name, sort }) => (sort === 'desc' ? `${name}(sort: Desc)` : name));
  return `@@${ATTRIBUTES[kind]}([${columns.join(', ')}])`;
}

/** The schema line of an index over plain fields; `map` is its name in the database where it is not the usual one. */
export function indexLine(fields: readonly string[], map: string | null = null): string {
  return `@@index([${fields.join(', ')}]${map === null ? '' : `, map: "${map}"`})`;
}
