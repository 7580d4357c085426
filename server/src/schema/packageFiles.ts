import type { Workspace } from '#workspace/workspace.ts';
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

/** Major version of Prisma the nearest package.json asks for, else the one all other packages agree on; null when none tells. */
export function prismaMajor(workspace: Workspace, files: ReadonlySet<string>, folder: string): number | null {
  const majorIn = (path: string | null) => majorAskedFor(workspace, files, folder, readKnown(workspace, files, path));
  for (const parent of foldersUp(folder)) {
    const major = majorIn(joinPath(parent, 'package.json'));
    if (major !== null) return major;
  }
  const elsewhere = [...files].filter((path) => path.endsWith('/package.json')).map(majorIn);
  const majors = new Set(elsewhere.filter((major) => major !== null));
  return majors.size === 1 ? ([...majors][0] ?? null) : null;
}

/** Reads a file only where the workspace lists it, so that asking leaves no problem behind. */
export function readKnown(workspace: Workspace, files: ReadonlySet<string>, path: string | null): string | null {
  return path !== null && files.has(path) ? workspace.read(path) : null;
}

function majorAskedFor(
  workspace: Workspace,
  files: ReadonlySet<string>,
  folder: string,
  text: string | null,
): number | null {
  const range = text?.includes('prisma') ? prismaRange(text) : null;
  return majorOf(range?.startsWith('catalog:') ? catalogRange(workspace, files, folder) : (range ?? ''));
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

function majorOf(range: string): number | null {
  const match = /(?:^|[^\w.])v?(\d+)(?:\.|$|\s|-)/.exec(range);
  return match === null ? null : Number(match[1]);
}

function parsePackage(text: string): PackageFile | null {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as PackageFile;
  } catch {
    return null;
  }
}
