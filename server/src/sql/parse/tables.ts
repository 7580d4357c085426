import type { Model, ScalarField, SchemaModel } from '#schema/schemaModel.ts';
import type { ColumnName } from './demands.ts';
import type { Select, Source } from './select.ts';

/** The model behind a table's name; databases differ in whether its case counts, and projects hardly ever have two that differ in nothing else. */
export function modelOfTable({ models }: SchemaModel, table: string): Model | null {
  const all = [...models.values()];
  const name = table.toLowerCase();
  return all.find((model) => model.table === table) ?? all.find((model) => model.table.toLowerCase() === name) ?? null;
}

/** A table a query reads, by the name the query has for it. */
export interface ReadTable {
  readonly name: string;
  readonly model: Model;
}

/** The tables in the `FROM` of a query that are known; names that `WITH` gives are none. */
export function tablesOf(schema: SchemaModel, { from, named }: Select): readonly ReadTable[] {
  return from.flatMap((source) => {
    const model = isTable(source) && !named.has(source.table) ? modelOfTable(schema, source.table) : null;
    return model ? [{ name: source.name, model }] : [];
  });
}

function isTable(source: Source): source is Extract<Source, { kind: 'table' }> {
  return source.kind === 'table';
}

/** The field of a table that a query means by a column; without a table's name, only where no other table of the query has one of that name. */
export function fieldOf(tables: readonly ReadTable[], table: ReadTable, column: ColumnName): ScalarField | null {
  if (column.of !== null) return column.of === table.name ? columnOf(table.model, column.name) : null;
  const having = tables.filter(({ model }) => columnOf(model, column.name));
  return having.length === 1 && having[0] === table ? columnOf(table.model, column.name) : null;
}

function columnOf({ fields }: Model, name: string): ScalarField | null {
  for (const field of fields.values())
    if (field.kind !== 'relation' && field.column.toLowerCase() === name.toLowerCase()) return field;
  return null;
}
