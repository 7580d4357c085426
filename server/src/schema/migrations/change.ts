import type { Span } from '#shared/location.ts';
import type { TableIndex } from './sqlIndexes.ts';

/** A name in parts, the outermost first: `["public", "User"]`. */
export type QualifiedName = readonly string[];

/** What a statement does to tables and indexes; statements that do nothing to them give no change. */
export type Change =
  | { readonly kind: 'createTable'; readonly table: QualifiedName; readonly indexes: readonly TableIndex[] }
  | { readonly kind: 'dropTable'; readonly table: QualifiedName }
  | { readonly kind: 'renameTable'; readonly table: QualifiedName; readonly to: string }
  | { readonly kind: 'renameColumn'; readonly table: QualifiedName; readonly column: string; readonly to: string }
  | { readonly kind: 'dropColumn'; readonly table: QualifiedName; readonly column: string }
  | { readonly kind: 'createIndex'; readonly table: QualifiedName; readonly index: TableIndex }
  /** Also takes a PRIMARY KEY or UNIQUE over, which had the index's name before. */
  | { readonly kind: 'promoteIndex'; readonly name: string; readonly as: 'id' | 'unique'; readonly to: string | null }
  | { readonly kind: 'dropIndex'; readonly name: string; readonly table: QualifiedName | null }
  | { readonly kind: 'dropPrimaryKey'; readonly table: QualifiedName }
  | { readonly kind: 'renameIndex'; readonly name: string; readonly to: string };

/** A change and the statement that makes it. */
export type PlacedChange = Change & { readonly span: Span };
