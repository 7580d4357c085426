import internals from '@prisma/internals/dist/wasm.js';
import manifest from '@prisma/internals/package.json' with { type: 'json' };

/** The Prisma whose parser reads the schemas. */
export const PRISMA_VERSION: string = manifest.version;

/** A file as Prisma's parser takes it: name and text. */
export type PrismaFile = readonly [name: string, text: string];

/** What Prisma itself understood of a schema; only the parts we read. */
export interface Datamodel {
  readonly enums: readonly DatamodelEnum[];
  readonly models: readonly DatamodelModel[];
  readonly indexes: readonly DatamodelIndex[];
}

export interface DatamodelEnum {
  readonly name: string;
  readonly dbName?: string | null;
  readonly values: readonly { readonly name: string }[];
}

export interface DatamodelModel {
  readonly name: string;
  readonly dbName: string | null;
  readonly schema: string | null;
  readonly fields: readonly DatamodelField[];
}

export interface DatamodelField {
  readonly name: string;
  readonly dbName?: string;
  readonly kind: 'scalar' | 'enum' | 'object' | 'unsupported';
  readonly type: string;
  readonly isList: boolean;
  readonly isRequired: boolean;
  readonly isUnique: boolean;
  readonly isId: boolean;
  readonly hasDefaultValue: boolean;
  readonly isUpdatedAt?: boolean;
  readonly nativeType?: readonly [name: string, args: readonly string[]] | null;
  readonly relationName?: string;
  readonly relationFromFields?: readonly string[];
  readonly relationToFields?: readonly string[];
}

export interface DatamodelIndex {
  readonly model: string;
  readonly type: 'id' | 'normal' | 'unique' | 'fulltext';
  readonly isDefinedOnField: boolean;
  /** What calls name it. */
  readonly name?: string;
  readonly dbName?: string;
  readonly algorithm?: string;
  readonly fields: readonly {
    readonly name: string;
    readonly sortOrder?: 'asc' | 'desc';
    readonly operatorClass?: string;
    readonly length?: number;
  }[];
}

/** One complaint of Prisma's parser; offsets are UTF-16 code units of the named file. */
export interface SchemaError {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** Parses whole schemas only: null as soon as anything is wrong, and then {@link lintSchema} says what. */
export function readDatamodel(files: readonly PrismaFile[]): Datamodel | null {
  try {
    return JSON.parse(internals.prismaSchemaWasm.get_datamodel(JSON.stringify({ prismaSchema: files }))) as Datamodel;
  } catch {
    return null;
  }
}

/** Every error at once, warnings left out; costs as much as parsing, so ask only when parsing failed. */
export function lintSchema(files: readonly PrismaFile[]): readonly SchemaError[] {
  return lintEntries(files)
    .filter((entry) => !entry.is_warning)
    .map((entry) => ({ file: entry.file_name, start: entry.start, end: entry.end, message: entry.text }));
}

/** A panic of the parser says nothing we could show. */
function lintEntries(files: readonly PrismaFile[]): readonly LintEntry[] {
  try {
    return JSON.parse(internals.prismaSchemaWasm.lint(JSON.stringify(files))) as readonly LintEntry[];
  } catch {
    return [];
  }
}

/** Preview features this parser still asks for by name. */
export function previewFeatures(): readonly string[] {
  return JSON.parse(internals.prismaSchemaWasm.preview_features()) as readonly string[];
}

interface LintEntry {
  readonly file_name: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly is_warning: boolean;
}
