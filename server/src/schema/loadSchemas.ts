import type { Problem } from '#shared/finding.ts';
import type { Workspace } from '#workspace/workspace.ts';
import { buildEnums, buildModels } from './buildModels.ts';
import { discoverSchemas } from './discoverSchemas.ts';
import { migrationFolder } from './migrations/migrationFiles.ts';
import { withMigrationIndexes } from './migrations/migrationIndexes.ts';
import { prismaVersion } from './packageFiles.ts';
import { parseSchema } from './parseSchema.ts';
import type { SchemaError } from './prismaWasm.ts';
import type { SchemaModel } from './schemaModel.ts';
import { dirname } from './schemaPaths.ts';
import { readSettings } from './schemaSettings.ts';
import type { SchemaSource } from './schemaSource.ts';
import { loadSqlSchemas } from './tables/sqlSchema.ts';

export interface LoadOptions {
  /** Schema files or folders named by the configuration, relative to the root. */
  readonly paths?: readonly string[];
  /** What the last load gave: a schema that is broken now stays as it was then. */
  readonly previous?: readonly SchemaModel[];
}

export interface LoadedSchemas {
  readonly schemas: readonly SchemaModel[];
  /** Every error of every schema at its place. */
  readonly problems: readonly Problem[];
}

/** Reads all Prisma schemas of a workspace, and last the tables of packages that ask drivers; a broken schema is reported and still gives as many models as it can. */
export function loadSchemas(workspace: Workspace, options: LoadOptions = {}): LoadedSchemas {
  const { sources, problems } = discoverSchemas(workspace, options.paths ?? []);
  const paths = new Set(workspace.files());
  const loaded = sources.map((source) => loadSchema(workspace, paths, source));
  const schemas = loaded.map(({ schema, errors }) =>
    errors.length === 0 ? schema : lastGood(schema, options.previous ?? []),
  );
  return {
    schemas: [...schemas, ...loadSqlSchemas(workspace, schemas)],
    problems: [...problems, ...loaded.flatMap(({ source, errors }) => errors.map((error) => problemOf(error, source)))],
  };
}

interface Loaded {
  readonly source: SchemaSource;
  readonly schema: SchemaModel;
  readonly errors: readonly SchemaError[];
}

/** Schemas that hold only what could be saved of a broken text; never worth keeping over a newer try. */
const incomplete = new WeakSet<SchemaModel>();

function loadSchema(workspace: Workspace, paths: ReadonlySet<string>, source: SchemaSource): Loaded {
  const settings = readSettings(source.files);
  const parsed = parseSchema(source.files, settings);
  const errors = [...settings.errors, ...parsed.errors];
  const models = withMigrationIndexes(workspace, source, parsed.provider, buildModels(parsed.datamodel, source.files));
  const version = prismaVersion(workspace, paths, dirname(source.files[0]?.path ?? source.path));
  const schema: SchemaModel = {
    kind: 'prisma',
    path: source.path,
    files: source.files.map((file) => file.path),
    provider: settings.provider,
    relationMode: settings.relationMode,
    previewFeatures: settings.previewFeatures,
    clientOutputs: settings.clientOutputs,
    migrations: migrationFolder(source, parsed.provider, workspace.files()),
    prismaMajor: version?.major ?? null,
    prismaVersion: version,
    models,
    enums: buildEnums(parsed.datamodel),
    delegates: new Map([...models.keys()].map((name) => [delegateName(name), name])),
  };
  if (errors.length > 0) incomplete.add(schema);
  return { source, schema, errors };
}

/** The name a model's delegate has on the client. */
function delegateName(model: string): string {
  return model.charAt(0).toLowerCase() + model.slice(1);
}

function lastGood(schema: SchemaModel, previous: readonly SchemaModel[]): SchemaModel {
  return previous.find((old) => old.path === schema.path && !incomplete.has(old)) ?? schema;
}

function problemOf(error: SchemaError, source: SchemaSource): Problem {
  const text = source.files.find((file) => file.path === error.file)?.text ?? '';
  const before = text.slice(0, error.start);
  return {
    file: error.file,
    line: before.split('\n').length,
    column: error.start - before.lastIndexOf('\n'),
    message: error.message,
  };
}
