import type { Problem } from '#shared/finding.ts';
import { readPrismaConfig } from '#syntax/prismaConfig.ts';
import type { Workspace } from '#workspace/workspace.ts';
import { withoutCopies } from './copiedSchemas.ts';
import { groupFiles } from './groupFiles.ts';
import { packageSchema } from './packageFiles.ts';
import { type ScannedFile, scanSchema } from './scanSchema.ts';
import { basename, dirname, isInside, joinPath } from './schemaPaths.ts';
import type { SchemaSource } from './schemaSource.ts';

const CONFIG_FILE = /(?:^|\/)(?:prisma\d*\.config|\.config\/prisma\d*)\.[cm]?[jt]s$/;

/** Finds the schemas of a workspace: those named by a configuration first, then whatever `.prisma` files are left. */
export function discoverSchemas(
  workspace: Workspace,
  paths: readonly string[],
): { readonly sources: readonly SchemaSource[]; readonly problems: readonly Problem[] } {
  const files = scanFiles(workspace);
  const taken = new Set<string>();
  const sources: SchemaSource[] = [];
  const problems: Problem[] = [];
  const take = ({ path, migrations }: NamedSchema): boolean => {
    const found = files.filter((file) => isInside(file.path, path) && !taken.has(file.path));
    if (found.length === 0) return files.some((file) => isInside(file.path, path));
    for (const file of found) taken.add(file.path);
    sources.push({ path, files: found, migrations, named: true });
    return true;
  };
  for (const path of paths) {
    const resolved = joinPath('', path);
    if (resolved === null || !take({ path: resolved, migrations: null })) problems.push(missing(path));
  }
  for (const named of namedSchemas(workspace)) take(named);
  const rest = files.filter((file) => !taken.has(file.path));
  sources.push(...groupFiles(rest).map((group) => ({ ...group, migrations: null, named: false })));
  return { sources: withoutCopies(sources).toSorted((a, b) => (a.path < b.path ? -1 : 1)), problems };
}

interface NamedSchema {
  readonly path: string;
  readonly migrations: string | null;
}

function scanFiles(workspace: Workspace): readonly ScannedFile[] {
  const paths = workspace.files().filter((path) => path.endsWith('.prisma'));
  return paths.flatMap((path) => {
    const text = workspace.read(path);
    return text === null ? [] : [scanSchema(path, text)];
  });
}

function* namedSchemas(workspace: Workspace): Generator<NamedSchema> {
  for (const path of workspace.files()) {
    if (CONFIG_FILE.test(path)) yield* configured(path, readPrismaConfig(workspace.read(path) ?? ''));
    else if (basename(path) === 'package.json') {
      const text = workspace.read(path) ?? '';
      if (text.includes('"prisma"')) yield* configured(path, { schema: packageSchema(text), migrations: null });
    }
  }
}

function* configured(
  path: string,
  config: { schema: string | null; migrations: string | null },
): Generator<NamedSchema> {
  const folder = dirname(path);
  const schema = config.schema === null ? null : joinPath(folder, config.schema);
  const migrations = config.migrations === null ? null : joinPath(folder, config.migrations);
  if (schema !== null) yield { path: schema, migrations };
}

function missing(path: string): Problem {
  return {
    file: path,
    line: null,
    column: null,
    message: `No .prisma file was found at ${path}. Correct the path under "schemas" in the configuration or remove it.`,
  };
}
