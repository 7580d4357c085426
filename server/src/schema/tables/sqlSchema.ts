import type { Workspace } from '#workspace/workspace.ts';
import { DIALECTS } from '../dialects.ts';
import { type AskingPackage, packagesWithDrivers, providerOf } from '../drivers.ts';
import type { Model, Provider, SchemaModel } from '../schemaModel.ts';
import { isInside, joinPath } from '../schemaPaths.ts';
import { knexMigration } from './knexMigration.ts';
import type { PlacedScript } from './tableColumns.ts';
import { tableModels } from './tableModels.ts';

/**
 * What the SQL scripts of a workspace say of its tables, for queries that are not sent by Prisma: a schema for each package that asks for
 * a driver, of the scripts in its folder that lie in no other such package. Tables that a Prisma schema maps are left to that.
 */
export function loadSqlSchemas(workspace: Workspace, mapped: readonly SchemaModel[]): readonly SchemaModel[] {
  const packages = packagesWithDrivers(workspace);
  const files = packages.length === 0 ? [] : scriptFiles(workspace.files());
  const homeOf = (file: string) => packages.find(({ folder }) => isInside(file, folder));
  const byHome = Map.groupBy(files, homeOf);
  return packages.map((home) => loadSchema(workspace, home, byHome.get(home) ?? [], mapped));
}

function loadSchema(
  workspace: Workspace,
  { folder, drivers }: AskingPackage,
  files: readonly string[],
  mapped: readonly SchemaModel[],
): SchemaModel {
  const provider = providerOf(drivers);
  const dialect = DIALECTS[provider ?? 'postgresql'] ?? 'postgresql';
  const scripts = files.flatMap((file): readonly PlacedScript[] => {
    if (file.endsWith('.sql')) return [{ file, text: workspace.read(file) ?? '', dialect }];
    return drivers.includes('knex') ? knexMigration(file, workspace.read(file) ?? '', dialect) : [];
  });
  const models = withoutMapped(tableModels(scripts, dialect), mapped);
  const used = files.filter((file) => mentions(models, file));
  return schemaOf(joinPath(folder, 'package.json') ?? folder, provider, used, models);
}

/** Scripts that are run to make the database and not to try or to undo something, in the order of their names. */
function scriptFiles(paths: readonly string[]): readonly string[] {
  const isScript = (path: string) => path.endsWith('.sql') || KNEX_MIGRATION.test(path);
  return paths.filter((path) => isScript(path) && !OTHER_SCRIPT.test(path)).sort();
}

const KNEX_MIGRATION = /(?:^|\/)migrations?\/(?:[^/]+\/)*\d[^/]*\.[cm]?[jt]s$/;

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

function schemaOf(
  path: string,
  provider: Provider | null,
  files: readonly string[],
  models: SchemaModel['models'],
): SchemaModel {
  return {
    kind: 'sql',
    path,
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
