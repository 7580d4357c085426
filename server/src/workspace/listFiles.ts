import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { type IgnoreRules, NO_RULES, patternRules } from './ignoreRules.ts';
import { keepsFile, keepsFolder } from './keptNames.ts';
import { errorCode } from './readText.ts';

export interface ListOptions {
  /** Where to start, null for the whole root. */
  readonly paths: readonly string[] | null;
  readonly ignore: readonly string[];
  /** Told of each folder or path that cannot be used. */
  readonly report: (path: string, reason: string) => void;
  /** Told of each link that matters: what lies behind it changes without a word about its own path. */
  readonly onLink?: () => void;
}

interface Walk extends ListOptions {
  readonly root: string;
  readonly realRoot: string;
  readonly found: Set<string>;
  /** Real paths of folders reached through symlinks: each is entered once, which also ends loops. */
  readonly entered: Set<string>;
  readonly own: IgnoreRules;
  readonly onLink: () => void;
}

/** Paths relative to `root`, POSIX, sorted; survives symlink loops and unreadable folders. */
export function listFiles(root: string, options: ListOptions): readonly string[] {
  const realRoot = realPath(root);
  if (realRoot === null) options.report('', 'does not exist');
  if (realRoot === null) return [];
  const walk = newWalk(root, realRoot, options);
  for (const start of options.paths ?? ['.']) addStart(walk, start);
  return [...walk.found].sort();
}

/** What one folder below the root adds to the list; `rules` are those of the folders above it. */
export function listBelow(root: string, path: string, rules: IgnoreRules, options: ListOptions): ReadonlySet<string> {
  const walk = newWalk(root, realPath(root) ?? root, options);
  addFolder(walk, `${root}/${path}`, path, rules);
  return walk.found;
}

function newWalk(root: string, realRoot: string, options: ListOptions): Walk {
  const own = patternRules('', options.ignore);
  const { onLink = () => undefined } = options;
  return { ...options, onLink, root, realRoot, found: new Set(), entered: new Set(), own };
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
    if (keepsFolder(entry.name, path, [rules, walk.own])) addFolder(walk, absolute, path, rules);
  } else if (entry.isFile()) {
    if (keepsFile(entry.name, path, [rules, walk.own])) walk.found.add(path);
  } else if (entry.isSymbolicLink()) addLink(walk, entry.name, absolute, path, rules);
}

/** Follows a link unless it leads back into the root (listed there already) or to a folder entered before. */
function addLink(walk: Walk, name: string, absolute: string, path: string, rules: IgnoreRules): void {
  const kind = targetKind(absolute);
  const all = [rules, walk.own];
  if (kind !== 'folder' && keepsFile(name, path, all)) walk.onLink();
  if (kind === 'file' && keepsFile(name, path, all)) walk.found.add(path);
  if (kind !== 'folder' || !keepsFolder(name, path, all)) return;
  const real = realPath(absolute);
  if (real === null || overlaps(real, walk.realRoot)) return;
  walk.onLink();
  if (walk.entered.has(real)) return;
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

function readFolder(walk: Walk, absolute: string, path: string): readonly Dirent[] {
  try {
    return readdirSync(absolute, { withFileTypes: true });
  } catch (error) {
    walk.report(path, `folder cannot be read (${errorCode(error)})`);
    return [];
  }
}
