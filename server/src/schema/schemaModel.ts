import type { Location, Span } from '#shared/location.ts';

export type Provider = 'postgresql' | 'mysql' | 'sqlite' | 'sqlserver' | 'cockroachdb' | 'mongodb';

/** One Prisma schema (one file or a folder of files) together with what its migrations add; or what SQL scripts say of the tables no Prisma schema maps. */
export interface SchemaModel {
  /** `sql`: read from scripts, for queries that are not sent by Prisma. Its models are tables, its fields columns, and it has no delegates. */
  readonly kind: 'prisma' | 'sql';
  /** Folder or file it was read from, POSIX, relative to the workspace root; identifies the schema. */
  readonly path: string;
  readonly files: readonly string[];
  readonly provider: Provider | null;
  /** `prisma` means no foreign keys in the database, so no index comes with them. */
  readonly relationMode: 'foreignKeys' | 'prisma';
  readonly previewFeatures: readonly string[];
  /** Generator `output` folders, resolved relative to the workspace root: an import from there names this schema. */
  readonly clientOutputs: readonly string[];
  /** Folder of Prisma's own migrations, relative to the workspace root; null where there are none yet. */
  readonly migrations: string | null;
  /** Major version of Prisma the owning package asks for, null when unknown. */
  readonly prismaMajor: number | null;
  /** The same with its minor version. */
  readonly prismaVersion: PrismaVersion | null;
  readonly models: ReadonlyMap<string, Model>;
  readonly enums: ReadonlyMap<string, EnumModel>;
  /** Delegate name on the client (`orderItem`) to model name (`OrderItem`). */
  readonly delegates: ReadonlyMap<string, string>;
}

export interface PrismaVersion {
  readonly major: number;
  /** The oldest it may be, null where the range names none. */
  readonly minor: number | null;
  /** Not newer than `minor` either: it is installed, or the range allows no other. */
  readonly exact: boolean;
}

export interface EnumModel {
  readonly name: string;
  /** Name of the type in the database (`@@map`). */
  readonly databaseName: string;
  readonly values: readonly string[];
}

export interface Model {
  readonly name: string;
  /** Table name in the database (`@@map`). */
  readonly table: string;
  /** Database schema (`@@schema`), null where the model names none. */
  readonly databaseSchema: string | null;
  readonly fields: ReadonlyMap<string, Field>;
  /** It reads a database view, which takes no index of its own. */
  readonly view: boolean;
  /** Ids, uniques and indexes, from the schema and from migrations, in that order. */
  readonly indexes: readonly Index[];
  /** `model Name` in its schema file, or the statement that creates the table. */
  readonly at: Location;
  /** Where and how a new `@@index` line would go; null where the model is a table of SQL scripts. */
  readonly insertAt: InsertionPoint | null;
}

/** Where a block attribute fits into a model without touching any other line. */
export interface InsertionPoint {
  readonly file: string;
  /** Start of the line after the last block attribute, or of the line that closes the block when there is none. */
  readonly offset: number;
  /** What the block's lines begin with. */
  readonly indent: string;
  readonly newline: '\n' | '\r\n';
  /** True where the block has no attribute yet and fields stand right above: a blank line keeps them apart. */
  readonly blankBefore: boolean;
}

export type Field = ScalarField | RelationField;

interface FieldBase {
  readonly name: string;
  readonly list: boolean;
  readonly required: boolean;
  /** The field's line in its schema file. */
  readonly at: Location;
}

export interface ScalarField extends FieldBase {
  readonly kind: 'scalar' | 'enum';
  /** Prisma type (`String`, `Json`, …) or enum name. */
  readonly type: string;
  /** Native type without arguments, such as `Text` or `VarChar`, null when not given. */
  readonly nativeType: string | null;
  /** First argument of the native type where it is a length, such as 191 of `VarChar(191)`. */
  readonly nativeLength: number | null;
  readonly column: string;
  readonly unique: boolean;
  readonly id: boolean;
  readonly hasDefault: boolean;
  /** Prisma writes the time of each change into it (`@updatedAt`). */
  readonly updatedAt: boolean;
}

export interface RelationField extends FieldBase {
  readonly kind: 'relation';
  /** The other model. */
  readonly type: string;
  readonly relationName: string;
  /** Foreign-key fields of this model; empty on the side that holds none. */
  readonly foreignKey: readonly string[];
  /** Fields of the other model the foreign key points to. */
  readonly references: readonly string[];
}

/** Anything that serves a lookup by a left prefix of `fields`. */
export interface Index {
  readonly kind: 'id' | 'unique' | 'index' | 'fulltext';
  readonly name: string | null;
  /** What calls name a key of several fields, where the schema says so (`name:`); else its fields joined by `_`. */
  readonly alias?: string;
  /** Field names in order, with an expression's text where `expression` is set. */
  readonly fields: readonly IndexField[];
  /** Lower case, `btree` when not given. */
  readonly method: string;
  /** Text of the predicate of a partial index. */
  readonly where: string | null;
  readonly from: 'schema' | 'migration' | 'database';
  readonly at: Location | null;
  /** What to take out of the file of `at` to drop it; only where a schema says it. */
  readonly cut?: Span | null;
}

export interface IndexField {
  readonly name: string;
  readonly sort: 'asc' | 'desc';
  /** True where `name` is an SQL expression and not a field. */
  readonly expression: boolean;
  readonly operatorClass: string | null;
  /** Characters of the column it holds, where MySQL is told so. */
  readonly length?: number;
}
