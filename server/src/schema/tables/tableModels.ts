import type { PlacedChange } from '../migrations/change.ts';
import { sqlChanges } from '../migrations/sqlChanges.ts';
import { type PlacedIndex, replay, tableKey } from '../migrations/tableIndexes.ts';
import type { Field, Index, Model } from '../schemaModel.ts';
import type { Dialect } from '../sqlTokens.ts';
import type { Column } from './column.ts';
import { type PlacedScript, type Table, tableColumns } from './tableColumns.ts';

/** The tables that scripts create, each as a model of its name whose fields are its columns and its foreign keys. */
export function tableModels(scripts: readonly PlacedScript[], dialect: Dialect): ReadonlyMap<string, Model> {
  const tables = tableColumns(scripts);
  const placed = replay(
    scripts.map((script) => ({ file: script.file, changes: placedChanges(script) })),
    { dialect, qualified: false },
  );
  const indexes = new Map([...tables.keys()].map((name) => [name, (placed.get(name) ?? []).map(toIndex)]));
  return new Map([...tables.values()].map((table) => [table.name, modelOf(table, indexes)]));
}

function placedChanges(script: PlacedScript): readonly PlacedChange[] {
  const { at } = script;
  return at ? sqlChanges(script).map((change) => ({ ...change, span: at })) : sqlChanges(script);
}

function toIndex(index: PlacedIndex): Index {
  return { ...index, from: 'migration' };
}

/** Of every known table its indexes. */
type TableKeys = ReadonlyMap<string, readonly Index[]>;

function modelOf(table: Table, keys: TableKeys): Model {
  const { name, at } = table;
  const indexes = keys.get(name) ?? [];
  const fields = [...table.columns.map((column) => fieldOf(column, table, indexes)), ...relationsOf(table, keys)];
  return {
    name,
    table: name,
    databaseSchema: null,
    fields: new Map(fields.map((field) => [field.name, field])),
    view: false,
    indexes,
    at,
    insertAt: null,
  };
}

function fieldOf({ name, type, required, hasDefault }: Column, { at }: Table, indexes: readonly Index[]): Field {
  const alone = (kind: Index['kind']) =>
    indexes.some((index) => index.kind === kind && index.fields.length === 1 && index.fields[0]?.name === name);
  const field = { name, column: name, kind: 'scalar', required, hasDefault, updatedAt: false, at } as const;
  return { ...field, ...type, unique: alone('unique'), id: alone('id') };
}

/** A relation bears the columns that hold its key: no column can be called like that. */
function relationsOf({ name, columns, references, at }: Table, keys: TableKeys): readonly Field[] {
  return references.flatMap((reference): readonly Field[] => {
    const type = tableKey(reference.table, false);
    const primary = keys.get(type)?.find(({ kind }) => kind === 'id');
    if (!keys.has(type)) return [];
    const relationName = `${name}(${reference.columns.join(', ')})`;
    return [
      {
        kind: 'relation',
        name: relationName,
        relationName,
        type,
        list: false,
        required: columns.some((column) => reference.columns.includes(column.name) && column.required),
        foreignKey: reference.columns,
        references: reference.keys.length > 0 ? reference.keys : (primary?.fields.map((field) => field.name) ?? ['id']),
        at,
      },
    ];
  });
}
