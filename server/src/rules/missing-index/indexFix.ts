import { dropIndexMigration, indexMigration, indexStatement } from '#schema/indexMigration.ts';
import { insertIndexEdit } from '#schema/insertIndex.ts';
import type { Index, IndexField, Model, SchemaModel } from '#schema/schemaModel.ts';
import type { Fix, NewFile } from '#shared/finding.ts';
import type { Location } from '#shared/location.ts';

/** An index as it is written: a line of the Prisma schema, or the statement that makes it, whose plain names need no marks. */
export function indexLine(schema: SchemaModel, model: Model, columns: readonly string[]): string {
  if (schema.kind === 'prisma') return schemaLine(columns);
  const statement = indexStatement(schema, model, columns) ?? `CREATE INDEX ON ${model.table}(${columns.join(', ')})`;
  return [model.table, ...columns].every((name) => /^[a-z_][a-z_\d]*$/.test(name))
    ? statement.replace(/["`]/g, '')
    : statement;
}

function schemaLine(columns: readonly string[]): string {
  return `@@index([${columns.join(', ')}])`;
}

/** Adds the index to the schema, and as a second choice with the migration that brings it to the database: a person looks first. */
export function indexFixes(schema: SchemaModel, model: Model, columns: readonly string[]): readonly Fix[] {
  const created = indexMigration(schema, model, columns);
  const edit = insertIndexEdit(model, columns);
  if (edit === null) return scriptFixes(model, columns, created);
  const shorter = beginningOf(model, columns);
  const edits = [shorter ? { ...shorter.at, newText: schemaLine(columns) } : edit];
  const title = `Add \`${schemaLine(columns)}\` to \`${model.name}\``;
  const dropped = shorter ? dropIndexMigration(schema, model, shorter.index) : null;
  const migrations = [created, dropped].filter((each) => each !== null);
  return [
    { title, safety: 'review', edits },
    ...(created ? [{ title: `${title} with a migration`, safety: 'review' as const, edits, creates: migrations }] : []),
  ];
}

/** A table of SQL scripts has no line to edit: the index is a script of its own. */
function scriptFixes(model: Model, columns: readonly string[], created: NewFile | null): readonly Fix[] {
  const title = `Add an index on \`${columns.join(', ')}\` of \`${model.name}\` with a migration`;
  return created ? [{ title, safety: 'review', edits: [], creates: [created] }] : [];
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
