import type { Provider } from '../schemaModel.ts';
import { basename, dirname, isInside, joinPath } from '../schemaPaths.ts';
import type { SchemaSource } from '../schemaSource.ts';

/** The scripts that built a schema's database, in the order they ran; empty when none are found. */
export function migrationFiles(
  source: SchemaSource,
  provider: Provider | null,
  paths: readonly string[],
): readonly string[] {
  const scripts = paths.filter((path) => path.endsWith('.sql') && !/(?:^|[./_-])(?:down|rollback)\.sql$/.test(path));
  for (const folder of candidateFolders(source, provider)) {
    const found = scripts.filter((path) => isInside(path, folder));
    const prisma = found.filter((path) => basename(path) === 'migration.sql');
    if (prisma.length > 0) return prisma;
    const plain = found.filter((path) => dirname(path) === folder);
    if (plain.length > 0) return plain;
  }
  return [];
}

/** Where Prisma keeps its migrations, one folder each. */
export function migrationFolder(
  source: SchemaSource,
  provider: Provider | null,
  paths: readonly string[],
): string | null {
  const last = migrationFiles(source, provider, paths).at(-1) ?? '';
  return basename(last) === 'migration.sql' ? dirname(dirname(last)) : null;
}

/** Configured, then beside the datasource, then beside the schema's folder, then Supabase's. */
function candidateFolders(source: SchemaSource, provider: Provider | null): readonly string[] {
  const home = source.files.find((file) => file.blocks.some((block) => block.kind === 'datasource')) ?? source.files[0];
  const folder = home === undefined ? source.path : dirname(home.path);
  const above = /^(?:schemas?|models)$/.test(basename(folder)) ? [dirname(folder)] : [];
  const beside = [folder, source.path, dirname(source.path), ...above];
  const names = [
    'migrations',
    ...[provider, prefixOf(home?.path ?? '')].flatMap((name) =>
      name === null ? [] : [`${name}-migrations`, `${name}_migrations`],
    ),
  ];
  const own = beside.flatMap((parent) => names.map((name) => joinPath(parent, name)));
  const supabase = provider === 'postgresql' ? ['supabase/migrations'] : [];
  return [source.migrations, ...own, ...supabase].filter((path) => path !== null);
}

/** `mysql` of `mysql-schema.prisma`: projects with several databases name their migrations alike. */
function prefixOf(path: string): string | null {
  return /^(.+)[-_]schema\.prisma$/.exec(basename(path))?.[1] ?? null;
}
