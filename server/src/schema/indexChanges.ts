import type { IndexEdit, IndexToDrop } from '#shared/indexChange.ts';
import { createIndexStatement, dropIndexMigration, dropIndexStatement, indexMigration } from './indexMigration.ts';
import { indexLine, indexText } from './indexText.ts';
import { insertIndexEdit } from './insertIndex.ts';
import { redundantIndexes } from './redundantIndexes.ts';
import type { Index, Model, SchemaModel } from './schemaModel.ts';

/** A new index over plain fields, beside all others. */
export function indexToAdd(schema: SchemaModel, model: Model, fields: readonly string[]): IndexEdit {
  const statement = createIndexStatement(schema, model, fields);
  const map = statement?.isNamed ? statement.name : null;
  return {
    attribute: schema.kind === 'prisma' ? indexLine(fields, map) : addedText(schema, model, fields),
    sql: statement?.sql ?? null,
    edit: insertIndexEdit(model, fields, map === null ? undefined : `map: "${map}"`),
    migration: indexMigration(schema, model, fields),
  };
}

/** How people read a new index: the attribute of a Prisma schema, or the statement that makes it, whose plain names need no marks. */
export function addedText(schema: SchemaModel, model: Model, fields: readonly string[]): string {
  if (schema.kind === 'prisma') return indexLine(fields);
  const statement = createIndexStatement(schema, model, fields);
  if (!statement) return `CREATE INDEX ON ${model.table}(${fields.join(', ')})`;
  const isPlain = [model.table, ...fields].every((name) => /^[a-z_][a-z_\d]*$/.test(name));
  return isPlain ? statement.sql.replace(/["`]/g, '') : statement.sql;
}

/** An index to take out again; null where no schema says it. */
export function indexToDrop(schema: SchemaModel, model: Model, index: Index): IndexToDrop | null {
  if (!index.at || !index.cut) return null;
  return {
    change: 'drop',
    attribute: indexText(index),
    sql: dropIndexStatement(schema, model, index),
    edit: { file: index.at.file, span: index.cut, newText: '' },
    migration: dropIndexMigration(schema, model, index),
    at: index.at,
    isBacking: index.kind !== 'index' || backsForeignKey(schema, model, index),
  };
}

/** What a new index over plain fields would make superfluous: indexes of the schema that begin it. */
export function replacedBy(schema: SchemaModel, model: Model, fields: readonly string[]): readonly IndexToDrop[] {
  const added: Index = {
    ...{ kind: 'index', name: null, method: 'btree', where: null, from: 'schema', at: null },
    fields: fields.map((name) => ({ name, sort: 'asc', expression: false, operatorClass: null })),
  };
  return redundantIndexes({ indexes: [...model.indexes, added] })
    .filter(({ by }) => by === added)
    .flatMap(({ index }) => indexToDrop(schema, model, index) ?? [])
    .filter(({ isBacking }) => !isBacking);
}

/** MySQL keeps a foreign key by an index that begins with its columns, and refuses to drop the last one. */
function backsForeignKey({ provider, relationMode }: SchemaModel, model: Model, { fields }: Index): boolean {
  if (provider !== 'mysql' || relationMode === 'prisma') return false;
  return [...model.fields.values()].some(
    (field) =>
      field.kind === 'relation' &&
      field.foreignKey.length > 0 &&
      field.foreignKey.every((name, at) => fields[at]?.name === name),
  );
}
