import type { Workspace } from '#workspace/workspace.ts';
import { DIALECTS } from '../dialects.ts';
import type { Index, Model, Provider } from '../schemaModel.ts';
import type { SchemaSource } from '../schemaSource.ts';
import type { Dialect } from '../sqlTokens.ts';
import type { PlacedChange } from './change.ts';
import { migrationFiles } from './migrationFiles.ts';
import { sqlChanges } from './sqlChanges.ts';
import { defaultedName, type PlacedIndex, replay, type TableIndexes, tableKey } from './tableIndexes.ts';

/** Adds to each model the indexes only its migrations know, and to those of the schema what the schema cannot say. */
export function withMigrationIndexes(
  workspace: Workspace,
  source: SchemaSource,
  provider: Provider,
  models: ReadonlyMap<string, Model>,
): ReadonlyMap<string, Model> {
  const dialect = DIALECTS[provider];
  const files = dialect === null ? [] : migrationFiles(source, provider, workspace.files());
  if (dialect === null || files.length === 0) return models;
  const qualified = [...models.values()].some((model) => model.databaseSchema !== null);
  const scripts = files.map((file) => ({ file, changes: changesIn(workspace, file, dialect) }));
  const tables = replay(scripts, { dialect, qualified });
  return new Map([...models].map(([name, model]) => [name, withIndexes(model, tables, dialect, qualified)]));
}

/** Migrations hardly ever change, so what they say is kept for as long as their workspace lives. */
const known = new WeakMap<
  Workspace,
  Map<string, { readonly text: string; readonly changes: readonly PlacedChange[] }>
>();

function changesIn(workspace: Workspace, file: string, dialect: Dialect): readonly PlacedChange[] {
  const cache = known.get(workspace) ?? new Map();
  known.set(workspace, cache);
  const text = workspace.read(file) ?? '';
  const key = `${dialect}:${file}`;
  const cached = cache.get(key);
  if (cached?.text === text) return cached.changes;
  const changes = sqlChanges({ text, dialect });
  cache.set(key, { text, changes });
  return changes;
}

function withIndexes(model: Model, tables: TableIndexes, dialect: Dialect, qualified: boolean): Model {
  const fold = (name: string) => (dialect === 'postgresql' ? name : name.toLowerCase());
  const schema = model.databaseSchema === null ? [] : [fold(model.databaseSchema)];
  const key = tableKey([...schema, fold(model.table)], qualified);
  const found = tables.get(key) ?? [];
  if (found.length === 0) return model;
  const names = columnNames(model, fold);
  const written = model.indexes.map((index) => ({ index, name: fold(databaseName(index, model)) }));
  const extra = found.filter(
    (index) => !written.some((own) => own.name === defaultedName(index, key) || covers(own.index, index, names)),
  );
  const enriched = written.map(({ index, name }) => {
    const same = found.find(
      (candidate) => defaultedName(candidate, key) === name && sameFields(index, candidate, names),
    );
    return same === undefined ? index : enrich(index, same);
  });
  return { ...model, indexes: [...enriched, ...extra.map((index) => toIndex(index, names))] };
}

/** Column to field; a column the schema does not show keeps its name. */
type FieldNames = ReadonlyMap<string, string>;

function columnNames(model: Model, fold: (name: string) => string): FieldNames {
  const fields = [...model.fields.values()].filter((field) => field.kind !== 'relation');
  return new Map(fields.map((field) => [fold(field.column), field.name]));
}

function toIndex({ at, ...index }: PlacedIndex, names: FieldNames): Index {
  const fields = index.fields.map((field) =>
    field.expression ? field : { ...field, name: names.get(field.name) ?? field.name },
  );
  return { ...index, fields, from: 'migration', at };
}

/** The name the database knows an index of the schema by. */
function databaseName(index: Index, model: Model): string {
  const columns = index.fields.map((entry) => {
    const field = model.fields.get(entry.name);
    return { ...entry, name: field === undefined || field.kind === 'relation' ? entry.name : field.column };
  });
  return defaultedName({ ...index, fields: columns }, model.table);
}

/** True when the schema's index does all the migration's does: same fields and method, and at least as unique. */
function covers(own: Index, found: PlacedIndex, names: FieldNames): boolean {
  if (found.kind === 'id' && own.kind === 'id') return true;
  const strongEnough = own.kind === 'id' || found.kind === own.kind || found.kind === 'index';
  return strongEnough && own.where === found.where && own.method === found.method && sameFields(own, found, names);
}

function sameFields(own: Index, found: PlacedIndex, names: FieldNames): boolean {
  const fields = found.fields.map((field) => (field.expression ? null : (names.get(field.name) ?? field.name)));
  return fields.length === own.fields.length && own.fields.every((field, at) => field.name === fields[at]);
}

/** Predicate, order, operator class and method edited into a migration are real though the schema cannot show them. */
function enrich(index: Index, found: PlacedIndex): Index {
  const fields = index.fields.map((field, at) => ({
    ...field,
    sort: field.sort === 'desc' ? field.sort : (found.fields[at]?.sort ?? field.sort),
    operatorClass: field.operatorClass ?? found.fields[at]?.operatorClass ?? null,
  }));
  return {
    ...index,
    fields,
    where: index.where ?? found.where,
    method: index.method === 'btree' ? found.method : index.method,
  };
}
