import type { Workspace } from '#workspace/workspace.ts';
import type { PrismaVersion } from './schemaModel.ts';
import { foldersUp, joinPath } from './schemaPaths.ts';

interface PackageFile {
  readonly prisma?: { readonly schema?: unknown } | null;
  readonly [dependencies: string]: unknown;
}

const DEPENDENCIES = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
const PACKAGES = ['prisma', '@prisma/client'];

/** The `prisma.schema` a package.json names, relative as written; null when it names none or cannot be read. */
export function packageSchema(text: string): string | null {
  const schema = parsePackage(text)?.prisma?.schema;
  return typeof schema === 'string' ? schema : null;
}

/** Names of the packages a package.json needs to run; those it needs to be developed with are left out. */
export function dependencyNames(text: string): readonly string[] {
  const file = parsePackage(text);
  return DEPENDENCIES.filter((key) => key !== 'devDependencies').flatMap((key) => Object.keys(file?.[key] ?? {}));
}

/**
 * The version of Prisma that is installed beside the nearest package.json, else what that asks for, else what all other packages agree
 * on; null when none tells.
 */
export function prismaVersion(workspace: Workspace, files: ReadonlySet<string>, folder: string): PrismaVersion | null {
  const askedIn = (path: string | null) => versionAskedFor(workspace, files, folder, readKnown(workspace, files, path));
  for (const parent of foldersUp(folder)) {
    const asked = askedIn(joinPath(parent, 'package.json'));
    if (asked !== null) return installedVersion(workspace, parent, asked) ?? asked;
  }
  const elsewhere = [...files].filter((path) => path.endsWith('/package.json')).map(askedIn);
  const versions = elsewhere.filter((version) => version !== null);
  return new Set(versions.map(({ major }) => major)).size === 1 ? lowest(versions) : null;
}

function lowest(versions: readonly PrismaVersion[]): PrismaVersion | null {
  return versions.toSorted((a, b) => (a.minor ?? 0) - (b.minor ?? 0))[0] ?? null;
}

/** Dependencies are not listed by a workspace, and may still be read: what is installed says more than a range. */
function installedVersion(workspace: Workspace, folder: string, asked: PrismaVersion): PrismaVersion | null {
  for (const parent of foldersUp(folder)) {
    for (const name of PACKAGES) {
      const text = workspace.read(joinPath(parent, `node_modules/${name}/package.json`) ?? '');
      const version = text === null ? undefined : parsePackage(text)?.version;
      const [, major, minor] = /^(\d+)\.(\d+)\./.exec(typeof version === 'string' ? version : '') ?? [];
      if (Number(major) === asked.major) return { major: asked.major, minor: Number(minor), exact: true };
    }
  }
  return null;
}

/** Reads a file only where the workspace lists it, so that asking leaves no problem behind. */
export function readKnown(workspace: Workspace, files: ReadonlySet<string>, path: string | null): string | null {
  return path !== null && files.has(path) ? workspace.read(path) : null;
}

function versionAskedFor(
  workspace: Workspace,
  files: ReadonlySet<string>,
  folder: string,
  text: string | null,
): PrismaVersion | null {
  const range = text?.includes('prisma') ? prismaRange(text) : null;
  return versionOf(range?.startsWith('catalog:') ? catalogRange(workspace, files, folder) : (range ?? ''));
}

function prismaRange(text: string): string | null {
  const file = parsePackage(text);
  for (const name of PACKAGES) {
    for (const key of DEPENDENCIES) {
      const group = file?.[key];
      const range = typeof group === 'object' && group !== null ? (group as Record<string, unknown>)[name] : undefined;
      if (typeof range === 'string') return range;
    }
  }
  return null;
}

/** pnpm keeps shared ranges in its workspace file. */
function catalogRange(workspace: Workspace, files: ReadonlySet<string>, folder: string): string {
  for (const parent of foldersUp(folder)) {
    const text = readKnown(workspace, files, joinPath(parent, 'pnpm-workspace.yaml')) ?? '';
    const range = /^\s*['"]?(?:prisma|@prisma\/client)['"]?\s*:\s*['"]?([^'"\s#]+)/m.exec(text)?.[1];
    if (range !== undefined) return range;
  }
  return '';
}

/** `^7.1.0` is 7.1 or newer, `7.1.0` and `~7.1.0` are 7.1. */
function versionOf(range: string): PrismaVersion | null {
  const match = /(?:^|[^\w.])v?(\d+)(?:\.(\d+))?(?=\.|$|\s|-)/.exec(range);
  if (match === null) return null;
  const minor = match[2] === undefined ? null : Number(match[2]);
  return { major: Number(match[1]), minor, exact: minor !== null && /^\s*[~=v]?\d/.test(range) };
}

function parsePackage(text: string): PackageFile | null {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as PackageFile;
  } catch {
    return null;
  }
}
