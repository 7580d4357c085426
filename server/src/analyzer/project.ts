import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import picomatch from 'picomatch';
import { CONFIG_FILE, findConfig } from './loadSettings.ts';

/** One project to analyse and the parts of it that were asked for. */
export interface Project {
  /** Absolute: the folder whose whole content is read, because callers and schemas may lie outside the asked paths. */
  readonly root: string;
  readonly config: string | null;
  /** What its globs and paths are relative to, as seen from the root: `''` unless it was found in a member of a workspace. */
  readonly configFolder: string;
  /** Absolute files or folders; findings elsewhere are not reported. */
  readonly paths: readonly string[];
}

/**
 * The folder of the nearest configuration, else the nearest package, else the repository; a package without a Prisma schema of its own that is
 * a member of a workspace stands for the workspace. Nothing above the repository is looked at.
 */
export function projectOf(path: string, configFile: string | null): Omit<Project, 'paths'> {
  const folder = isFolder(path) ? path : dirname(path);
  const repository = nearestUp(folder, null, (at) => existsSync(join(at, '.git')));
  const config = configFile ?? findConfig(folder, repository ?? topOf(folder));
  const configured = configFile === null && config !== null ? dirname(config) : null;
  const root = configured ?? nearestUp(folder, repository, (at) => existsSync(join(at, 'package.json')));
  if (root === null) return { root: repository ?? folder, config, configFolder: '' };
  const whole = ownsSchema(root) ? root : (workspaceRoot(root, repository) ?? root);
  return { root: whole, config, configFolder: configured === null ? '' : posixRelative(whole, configured) };
}

/** Whether anything above a file makes it part of a project: a configuration, a package or a repository. */
export function liesInProject(path: string): boolean {
  const marks = [CONFIG_FILE, 'package.json', '.git'];
  return nearestUp(dirname(path), null, (at) => marks.some((name) => existsSync(join(at, name)))) !== null;
}

/** How the disk names a folder that may have been reached through a link; null when there is no such folder. */
export function folderOnDisk(path: string): string | null {
  return existsSync(path) && isFolder(path) ? realpathSync(path) : null;
}

/** Whether an absolute path is the other one or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Relative and with slashes, whatever the system writes. */
export function posixRelative(from: string, to: string): string {
  return relative(from, to).split(sep).join('/');
}

/** The nearest folder upward that fits, not above `top`; folders that hold projects of all kinds count only as the start. */
export function nearestUp(folder: string, top: string | null, fits: (folder: string) => boolean): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (!(at !== folder && NO_PROJECT.has(at)) && fits(at)) return at;
    if (at === top || at === dirname(at)) return null;
  }
}

/** Folders that hold projects of all kinds: a stray manifest there must not make them one. */
const NO_PROJECT: ReadonlySet<string> = new Set([homedir(), tmpdir(), '/', '/tmp']);

function topOf(folder: string): string {
  return dirname(folder) === folder ? folder : topOf(dirname(folder));
}

function ownsSchema(folder: string): boolean {
  return readdirSync(folder).some(
    (name) => name === 'prisma' || name === 'schema.prisma' || name.startsWith('prisma.config.'),
  );
}

function workspaceRoot(manifest: string, repository: string | null): string | null {
  if (manifest === repository) return null;
  return nearestUp(dirname(manifest), repository, (at) => {
    const globs = workspaceGlobs(at);
    return globs.length > 0 && picomatch(globs)(posixRelative(at, manifest));
  });
}

/** Member patterns of npm, Yarn, Bun and pnpm workspaces. */
function workspaceGlobs(folder: string): string[] {
  const manifest = textOf(join(folder, 'package.json'));
  const list = manifest.includes('"workspaces"') ? /"workspaces"\s*:[^[]*\[([^\]]*)\]/.exec(manifest)?.[1] : undefined;
  const yaml = /^packages:\s*\n((?:\s*(?:-.*|#.*)?\n?)*)/m.exec(textOf(join(folder, 'pnpm-workspace.yaml')))?.[1];
  const quoted = (list ?? '').matchAll(/"([^"]+)"/g).map((match) => match[1] ?? '');
  const items = (yaml ?? '').matchAll(/^\s*-\s*['"]?([^'"#\n]+?)['"]?\s*(?:#.*)?$/gm).map((match) => match[1] ?? '');
  return [...quoted, ...items].filter((glob) => !glob.startsWith('!')).map((glob) => glob.replace(/^\.\/|\/$/g, ''));
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

export function isFolder(path: string): boolean {
  return statSync(path).isDirectory();
}
