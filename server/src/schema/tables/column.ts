import type { Span } from '#shared/location.ts';
import type { QualifiedName } from '../migrations/change.ts';
import type { ScalarField } from '../schemaModel.ts';

/** A column as a script declares it. */
export interface Column {
  readonly name: string;
  readonly type: Pick<ScalarField, 'type' | 'nativeType' | 'nativeLength' | 'list'>;
  readonly required: boolean;
  readonly hasDefault: boolean;
}

/** Columns of a table that hold the key of another table's row. */
export interface Reference {
  readonly columns: readonly string[];
  readonly table: QualifiedName;
  /** Empty where the script leaves it to the other table's primary key. */
  readonly keys: readonly string[];
}

/** What a statement adds to a table, be it a new one, and where it stands. */
export interface ColumnChange {
  readonly kind: 'create' | 'add';
  readonly table: QualifiedName;
  readonly columns: readonly Column[];
  readonly references: readonly Reference[];
  readonly span: Span;
}
