import type { Index } from '#schema/schemaModel.ts';

const ATTRIBUTES = { id: 'id', unique: 'unique', index: 'index', fulltext: 'fulltext' } as const;

/** An index as a schema says it: `@@index([a, b])`. */
export function indexText({ kind, fields }: Index): string {
  const columns = fields.map(({ name, sort }) => (sort === 'desc' ? `${name}(sort: Desc)` : name));
  return `@@${ATTRIBUTES[kind]}([${columns.join(', ')}])`;
}
