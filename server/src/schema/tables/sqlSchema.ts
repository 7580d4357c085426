import type { Workspace } from '#workspace/workspace.ts';
import { DIALECTS } from '../dialects.ts';
import { driversOf, providerOf } from '../drivers.ts';
import type { Model, Provider, SchemaModel } from '../schemaModel.ts';
import { commonFolder, dirname } from '../schemaPaths.ts';
import type { PlacedScript } from './tableColumns.ts';
import { tableModels } from './tableModels.ts';

/**
 * What the SQL scripts of a workspace say of its tables, for queries that are not sent by Prisma; null where no manifest asks for a driver.
 * Tables that a Prisma schema maps are left to that.
 */
export function loadSqlSchema(workspace: Workspace, mapped: readonly SchemaModel[]): SchemaModel | null {
  const drivers = driversOf(workspace);
  if (drivers.length === 0) return null;
  const provider = providerOf(drivers);
  const files = scriptFiles(workspace.files());
  const dialect = DIALECTS[provider ?? 'postgresql'] ?? 'postgresql';
  const scripts = files.map((file): PlacedScript => ({ file, text: workspace.read(file) ?? '', dialect }));
  const models = withoutMapped(tableModels(scripts, dialect), mapped);
  const used = files.filter((file) => mentions(models, file));
  return schemaOf(provider, used, models);
}

/** Scripts that are run to make the database and not to try or to undo something, in the order of their names. */
function scriptFiles(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => path.endsWith('.sql') && !OTHER_SCRIPT.test(path)).sort();
}

const OTHER_SCRIPT =
  /(?:^|[./_-])(?:down|rollback|undo|drop)\.sql$|(?:^|\/)(?:tests?|__tests__|fixtures?|seeds?|examples?|queries)\//;

function mentions(models: ReadonlyMap<string, Model>, file: string): boolean {
  return [...models.values()].some(
    (model) => model.at.file === file || model.indexes.some((index) => index.at?.file === file),
  );
}

function withoutMapped(
  models: ReadonlyMap<string, Model>,
  schemas: readonly SchemaModel[],
): ReadonlyMap<string, Model> {
  const tables = new Set(
    schemas.flatMap((schema) => [...schema.models.values()].map(({ table }) => table.toLowerCase())),
  );
  return new Map([...models].filter(([name]) => !tables.has(name.toLowerCase())));
}

function schemaOf(provider: Provider | null, files: readonly string[], models: SchemaModel['models']): SchemaModel {
  return {
    kind: 'sql',
    path: commonFolder(files.map(dirname)),
    files,
    provider,
    relationMode: 'foreignKeys',
    previewFeatures: [],
    clientOutputs: [],
    migrations: null,
    prismaMajor: null,
    prismaVersion: null,
    models,
    enums: new Map(),
    delegates: new Map(),
  };
}
