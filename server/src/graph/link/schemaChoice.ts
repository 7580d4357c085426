import type { Model, SchemaModel } from '#schema/schemaModel.ts';
import type { ModuleResolver, Resolution } from '../modules/moduleResolution.ts';
import { folderOf, isInside } from '../modules/paths.ts';
import { roleOf } from '../roles.ts';

/** Decides which of a project's schemas a client or a delegate belongs to. */
export interface SchemaChoice {
  readonly all: readonly SchemaModel[];
  /** The tables that SQL scripts make for the package around a file, or else for the only one for which they make any; null where nobody asks a driver. */
  tables(file: string): SchemaModel | null;
  /** What an import gives when it is of a generated client: its schema, or null when it is not one. */
  generatedBy(file: string, specifier: string): { readonly schema: SchemaModel | null } | null;
  /** The schema around a file. */
  near(file: string): SchemaModel | null;
  /** A delegate by name, in the preferred schema first, then around the file, then where exactly one schema has it. */
  delegate(
    file: string,
    name: string,
    preferred: SchemaModel | null,
  ): { readonly schema: SchemaModel; readonly model: Model } | null;
}

export function createSchemaChoice(known: readonly SchemaModel[], resolver: ModuleResolver): SchemaChoice {
  const schemas = known.filter(({ kind }) => kind === 'prisma');
  const scripted = known.filter(({ kind }) => kind === 'sql');
  const homes = schemas.map((schema) => ({ schema, home: homeOf(schema, resolver) }));
  const nearest = new Map<string, readonly SchemaModel[]>();

  /** Schemas of the innermost folder that has any, those of the application first. */
  const around = (file: string): readonly SchemaModel[] => {
    const folder = folderOf(file);
    const before = nearest.get(folder);
    if (before) return before;
    const holding = homes.filter(({ home }) => isInside(folder, home));
    const depth = Math.max(...holding.map(({ home }) => home.length));
    const found = byWeight(holding.filter(({ home }) => home.length === depth).map(({ schema }) => schema));
    nearest.set(folder, found);
    return found;
  };
  /** The resolver gives one object per specifier and package. */
  const generated = new Map<Resolution, { readonly schema: SchemaModel | null } | null>();
  const only = schemas.length === 1 ? (schemas[0] ?? null) : null;
  return {
    all: schemas,
    tables: (file) => tablesFor(scripted, file),
    near: (file) => only ?? around(file)[0] ?? null,
    generatedBy: (file, specifier) => {
      const resolution = resolver.resolve(file, specifier);
      const before = generated.get(resolution);
      if (before !== undefined) return before;
      const answer = generatedBy(schemas, resolution, specifier, () => only ?? around(file)[0] ?? null);
      generated.set(resolution, answer);
      return answer;
    },
    delegate: (file, name, preferred) => {
      const candidates = preferred ? [preferred, ...around(file)] : around(file);
      const own = candidates.find((schema) => schema.delegates.has(name));
      return withModel(own ?? onlyOne(schemas.filter((schema) => schema.delegates.has(name))), name);
    },
  };
}

/** The schemas lie beside the manifests of their packages, the innermost first. */
function tablesFor(schemas: readonly SchemaModel[], file: string): SchemaModel | null {
  const own = schemas.find(({ path }) => isInside(file, folderOf(path))) ?? schemas[0] ?? null;
  const filled = schemas.filter(({ models }) => models.size > 0);
  return own?.models.size === 0 && filled.length === 1 ? (filled[0] ?? own) : own;
}

function generatedBy(
  schemas: readonly SchemaModel[],
  resolution: Resolution,
  specifier: string,
  near: () => SchemaModel | null,
): { readonly schema: SchemaModel | null } | null {
  const paths =
    resolution.kind === 'file'
      ? [resolution.file]
      : resolution.kind === 'missing'
        ? resolution.paths
        : [`node_modules/${specifier}`];
  const written = schemas.find(({ clientOutputs }) =>
    clientOutputs.some((output) => paths.some((path) => isInside(path, output) || insidePackage(path, output))),
  );
  if (written) return { schema: written };
  if (/^@prisma\/client(?:\/|$)|^\.prisma\/client(?:\/|$)/.test(specifier)) return { schema: near() };
  const looksGenerated =
    resolution.kind !== 'package' &&
    /(?:^|[/.])(?:generated|prisma|@prisma)\/(?:[\w-]*client|client[\w-]*|[\w-]*prisma[\w-]*)(?:\/|$)/i.test(
      paths[0] ?? specifier,
    );
  return looksGenerated && resolution.kind === 'missing' ? { schema: near() } : null;
}

/** `output = "../node_modules/@acme/client"` is imported as `@acme/client`. */
function insidePackage(path: string, output: string): boolean {
  const at = output.lastIndexOf('node_modules/');
  return at >= 0 && path.startsWith('node_modules/') && isInside(path, output.slice(at));
}

/** The package a schema belongs to, or the folder that holds its `prisma` folder. */
function homeOf(schema: SchemaModel, resolver: ModuleResolver): string {
  const first = schema.files[0] ?? schema.path;
  const folder = folderOf(first).replace(/(?:^|\/)prisma(?:\/.*)?$/, '');
  const manifest = resolver.manifest(first);
  return manifest && isInside(folder, manifest.folder) && manifest.folder.length <= folder.length
    ? manifest.folder
    : folder;
}

function byWeight(schemas: readonly SchemaModel[]): readonly SchemaModel[] {
  const weight = (schema: SchemaModel) =>
    (roleOf(schema.path) === 'app' ? 0 : 1) + (schema.provider === 'postgresql' ? 0 : 0.5);
  return [...schemas].sort(
    (a, b) => weight(a) - weight(b) || b.models.size - a.models.size || (a.path < b.path ? -1 : 1),
  );
}

/** The one schema, or the first of several that describe the same models for different databases. */
function onlyOne(schemas: readonly SchemaModel[]): SchemaModel | null {
  const [first, ...rest] = byWeight(schemas);
  if (!first) return null;
  const others = rest.filter((schema) => roleOf(schema.path) === 'app' && !sameModels(schema, first));
  return others.length === 0 ? first : null;
}

function sameModels(a: SchemaModel, b: SchemaModel): boolean {
  const shared = [...a.delegates.keys()].filter((name) => b.delegates.has(name)).length;
  return shared * 10 >= Math.min(a.delegates.size, b.delegates.size) * 8;
}

function withModel(
  schema: SchemaModel | null,
  delegate: string,
): { readonly schema: SchemaModel; readonly model: Model } | null {
  const model = schema?.models.get(schema.delegates.get(delegate) ?? '');
  return schema && model ? { schema, model } : null;
}
