import type { Location, Span } from '#shared/location.ts';
import type { PlacedChange } from '../migrations/change.ts';
import { sqlChanges } from '../migrations/sqlChanges.ts';
import type { Script } from '../migrations/sqlIndexes.ts';
import { tableKey } from '../migrations/tableIndexes.ts';
import type { Column, ColumnChange, Reference } from './column.ts';
import { columnChanges } from './columnChanges.ts';

/** A table as it stands after all scripts ran. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly references: readonly Reference[];
  /** The statement that creates it. */
  readonly at: Location;
}

/** A script with the file it is read from. */
export interface PlacedScript extends Script {
  readonly file: string;
  /** What stands for all of it, where its text is not that of the file. */
  readonly at?: Span;
}

/** The tables that scripts create, one after the other; of a table that no script creates nothing is known. */
export function tableColumns(scripts: readonly PlacedScript[]): ReadonlyMap<string, Table> {
  const tables = new Map<string, Table>();
  for (const script of scripts)
    for (const change of changesOf(script))
      apply(tables, change, { file: script.file, span: script.at ?? change.span });
  return tables;
}

type Changing =
  | ColumnChange
  | Extract<PlacedChange, { kind: 'dropTable' | 'renameTable' | 'renameColumn' | 'dropColumn' }>;

function changesOf(script: Script): readonly Changing[] {
  const others = sqlChanges(script).filter(
    (change) =>
      change.kind === 'dropTable' ||
      change.kind === 'renameTable' ||
      change.kind === 'renameColumn' ||
      change.kind === 'dropColumn',
  );
  return [...columnChanges(script), ...others].sort((a, b) => a.span.start - b.span.start);
}

function apply(tables: Map<string, Table>, change: Changing, at: Location): void {
  const key = tableKey(change.table, false);
  const table = tables.get(key);
  if (change.kind === 'create') {
    const { columns, references } = change;
    if (!table) tables.set(key, { name: key, columns, references, at });
    return;
  }
  if (!table) return;
  if (change.kind === 'dropTable' || change.kind === 'renameTable') tables.delete(key);
  if (change.kind === 'renameTable') tables.set(change.to, { ...table, name: change.to });
  if (change.kind !== 'dropTable' && change.kind !== 'renameTable') tables.set(key, changed(table, change));
}

function changed(table: Table, change: Exclude<Changing, { kind: 'create' | 'dropTable' | 'renameTable' }>): Table {
  const { columns, references } = table;
  switch (change.kind) {
    case 'dropColumn':
      return {
        ...table,
        columns: columns.filter(({ name }) => name !== change.column),
        references: references.filter((each) => !each.columns.includes(change.column)),
      };
    case 'renameColumn': {
      const renamed = (name: string) => (name === change.column ? change.to : name);
      return {
        ...table,
        columns: columns.map((column) => ({ ...column, name: renamed(column.name) })),
        references: references.map((each) => ({ ...each, columns: each.columns.map(renamed) })),
      };
    }
    default:
      return {
        ...table,
        columns: [...columns, ...change.columns.filter(({ name }) => !columns.some((own) => own.name === name))],
        references: [...references, ...change.references],
      };
  }
}
