import { dropIndexMigration, indexMigration } from '#schema/indexMigration.ts';
import { insertIndexEdit } from '#schema/insertIndex.ts';
import type { Index, IndexField, Model, SchemaModel } from '#schema/schemaModel.ts';
import type { Fix } from '#shared/finding.ts';
import type { Location } from '#shared/location.ts';

/** The schema line of an index. */
export function indexLine(columns: readonly string[]): string {
  return `@@index([${columns.join(', ')}])`;
}

/** Adds the index to the schema, and as a second choice with the migration that brings it to the database: a person looks first. */
export function indexFixes(schema: SchemaModel, model: Model, columns: readonly string[]): readonly Fix[] {
  const shorter = beginningOf(model, columns);
  const edits = [shorter ? { ...shorter.at, newText: indexLine(columns) } : insertIndexEdit(model, columns)];
  const title = `Add \`${indexLine(columns)}\` to \`${model.name}\``;
  const created = indexMigration(schema, model, columns);
  const dropped = shorter ? dropIndexMigration(schema, model, shorter.index) : null;
  const migrations = [created, dropped].filter((each) => each !== null);
  return [
    { title, safety: 'review', edits },
    ...(created ? [{ title: `${title} with a migration`, safety: 'review' as const, edits, creates: migrations }] : []),
  ];
}

/** The index the longer one takes the place of, because it serves every query that the shorter one serves. */
function beginningOf(
  { indexes }: Model,
  columns: readonly string[],
): { readonly index: Index; readonly at: Location } | null {
  const index = indexes.find(
    ({ kind, from, name, method, where, fields }) =>
      kind === 'index' &&
      from === 'schema' &&
      name === null &&
      method === 'btree' &&
      where === null &&
      fields.length < columns.length &&
      fields.every((field, at) => isPlain(field) && field.name === columns[at]),
  );
  return index?.at ? { index, at: index.at } : null;
}

function isPlain({ sort, expression, operatorClass, length }: IndexField): boolean {
  return sort === 'asc' && !expression && operatorClass === null && length === undefined;
}
