import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { type IgnoreRules, NO_RULES, patternRules } from './ignoreRules.ts';
import { errorCode } from './readText.ts';

export interface ListOptions {
  /** Where to start, null for the whole root. */
  readonly paths: readonly string[] | null;
  readonly ignore: readonly string[];
  /** Told of each folder or path that cannot be used. */
  readonly report: (path: string, reason: string) => void;
}

/** Dependencies, build output and caches: never source, whatever `.gitignore` says. */
const LEFT_OUT_FOLDERS: ReadonlySet<string> = new Set(
  (
    'node_modules bower_components jspm_packages .git .hg .svn dist .next .nuxt .output .svelte-kit .turbo .vercel ' +
    '.netlify .cache .parcel-cache .yarn .pnpm-store .nx .expo .wrangler .angular .astro .docusaurus .querylens storybook-static'
  ).split(' '),
);
/** Build output at the top of a package, ordinary names inside its sources. */
const OUTPUT_FOLDERS: ReadonlySet<string> = new Set(['build', 'out', 'coverage']);
const WANTED = /\.(?:[cm]?[jt]sx?|prisma|sql)$|^(?:package|[jt]sconfig[^/]*)\.json$|^pnpm-workspace\.yaml$/;
const UNWANTED = /\.d\.[cm]?ts$|\.min\.[cm]?js$|\.bundle\.js$/;

interface Walk extends ListOptions {
  readonly root: string;
  readonly realRoot: string;
  readonly found: Set<string>;
  /** Real paths of folders reached through symlinks: each is entered once, which also ends loops. */
  readonly entered: Set<string>;
  readonly own: IgnoreRules;
}

/** Paths relative to `root`, POSIX, sorted; survives symlink loops and unreadable folders. */
export function listFiles(root: string, options: ListOptions): readonly string[] {
  const realRoot = realPath(root);
  if (realRoot === null) options.report('', 'does not exist');
  if (realRoot === null) return [];
  const own = patternRules('', options.ignore);
  const walk: Walk = { ...options, root, realRoot, found: new Set(), entered: new Set(), own };
  for (const start of options.paths ?? ['.']) addStart(walk, start);
  return [...walk.found].sort();
}

function addStart(walk: Walk, start: string): void {
  const absolute = resolve(walk.root, start);
  const path = relative(walk.root, absolute).split(sep).join('/');
  const kind = targetKind(absolute);
  if (kind === null) walk.report(path, 'does not exist');
  else if (kind === 'folder') addFolder(walk, absolute, path, NO_RULES);
  else walk.found.add(path);
}

function addFolder(walk: Walk, absolute: string, path: string, inherited: IgnoreRules): void {
  const entries = readFolder(walk, absolute, path);
  const rules = inherited.withFolder(absolute, path, entries);
  for (const entry of entries)
    addEntry(walk, entry, `${absolute}/${entry.name}`, path === '' ? entry.name : `${path}/${entry.name}`, rules);
}

function addEntry(walk: Walk, entry: Dirent, absolute: string, path: string, rules: IgnoreRules): void {
  if (entry.isDirectory()) {
    if (keepsFolder(walk, entry.name, path, rules)) addFolder(walk, absolute, path, rules);
  } else if (entry.isFile()) {
    if (keepsFile(walk, entry.name, path, rules)) walk.found.add(path);
  } else if (entry.isSymbolicLink()) addLink(walk, entry.name, absolute, path, rules);
}

/** Follows a link unless it leads back into the root (listed there already) or to a folder entered before. */
function addLink(walk: Walk, name: string, absolute: string, path: string, rules: IgnoreRules): void {
  const kind = targetKind(absolute);
  if (kind === 'file' && keepsFile(walk, name, path, rules)) walk.found.add(path);
  if (kind !== 'folder' || !keepsFolder(walk, name, path, rules)) return;
  const real = realPath(absolute);
  if (real === null || overlaps(real, walk.realRoot) || walk.entered.has(real)) return;
  walk.entered.add(real);
  addFolder(walk, absolute, path, rules);
}

function overlaps(one: string, other: string): boolean {
  return one === other || one.startsWith(other + sep) || other.startsWith(one + sep);
}

function realPath(absolute: string): string | null {
  try {
    return realpathSync(absolute);
  } catch {
    return null;
  }
}

function targetKind(absolute: string): 'file' | 'folder' | null {
  try {
    return statSync(absolute).isDirectory() ? 'folder' : 'file';
  } catch {
    return null;
  }
}

function keepsFolder(walk: Walk, name: string, path: string, rules: IgnoreRules): boolean {
  if (LEFT_OUT_FOLDERS.has(name) || (OUTPUT_FOLDERS.has(name) && !/(?:^|\/)(?:src|app)\//.test(path))) return false;
  return !rules.ignores(`${path}/`) && !walk.own.ignores(`${path}/`);
}

function keepsFile(walk: Walk, name: string, path: string, rules: IgnoreRules): boolean {
  return WANTED.test(name) && !UNWANTED.test(name) && !rules.ignores(path) && !walk.own.ignores(path);
}

function readFolder(walk: Walk, absolute: string, path: string): readonly Dirent[] {
  try {
    return readdirSync(absolute, { withFileTypes: true });
  } catch (error) {
    walk.report(path, `folder cannot be read (${errorCode(error)})`);
    return [];
  }
}
