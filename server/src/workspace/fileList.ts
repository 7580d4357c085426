import { lstatSync, realpathSync, type Stats } from 'node:fs';
import { type IgnoreRules, NO_RULES, patternRules } from './ignoreRules.ts';
import { keepsFile, keepsFolder } from './keptNames.ts';
import { type ListOptions, listBelow, listFiles } from './listFiles.ts';

/** The files under a root, kept right by what is said to have changed. */
export interface FileList {
  /** The same array until the list is another. */
  files(): readonly string[];
  /** Whether a file of this path is listed, or would be if it were there. */
  keeps(path: string): boolean;
  /** Files or folders that appeared, vanished or changed; relative to the root, POSIX. */
  changed(paths: readonly string[]): void;
}

/** A change of so many paths is a checkout: one walk costs less than looking at each. */
const MANY = 500;

/** Walks the whole root on first use, and again only after what a look at the changed paths cannot settle. */
export function createFileList(root: string, options: ListOptions & { readonly forget: () => void }): FileList {
  const own = patternRules('', options.ignore);
  const rules = new Map<string, IgnoreRules | null>();
  let listed: Set<string> | null = null;
  let sorted: readonly string[] | null = null;
  let linked = false;
  const listing: ListOptions = {
    ...options,
    onLink: () => {
      linked = true;
    },
  };

  function restart(): void {
    listed = null;
    sorted = null;
    linked = false;
    rules.clear();
    options.forget();
  }

  /** The rules inside a folder, null where none of its files is listed. */
  function rulesIn(folder: string): IgnoreRules | null {
    const known = rules.get(folder);
    if (known !== undefined) return known;
    const above = folder === '' ? NO_RULES : rulesIn(parentOf(folder));
    const kept = above !== null && (folder === '' || keepsFolder(nameOf(folder), folder, [above, own]));
    const found = kept ? above.withFolder(`${root}/${folder}`, folder, [{ name: '.gitignore' }]) : null;
    rules.set(folder, found);
    return found;
  }

  function keeps(path: string): boolean {
    const inside = rulesIn(parentOf(path));
    return inside !== null && keepsFile(nameOf(path), path, [inside, own]);
  }

  /** False where only a walk of the whole root can tell. */
  function look(files: Set<string>, path: string): boolean {
    const inside = rulesIn(parentOf(path));
    if (inside === null) return true;
    if (path === '' || nameOf(path) === '.gitignore') return false;
    const stats = statsOf(`${root}/${path}`);
    if (stats?.isFile() && files.has(path)) return true;
    drop(files, path);
    if (stats === null) return true;
    if (stats.isSymbolicLink() || reachedByLink(root, path)) return false;
    if (stats.isFile() && keeps(path)) files.add(path);
    if (stats.isDirectory() && keepsFolder(nameOf(path), path, [inside, own]))
      for (const file of listBelow(root, path, inside, listing)) files.add(file);
    return !linked;
  }

  function drop(files: Set<string>, path: string): void {
    if (files.delete(path)) return;
    const prefix = `${path}/`;
    for (const file of files) if (file.startsWith(prefix)) files.delete(file);
    for (const folder of rules.keys()) if (folder === path || folder.startsWith(prefix)) rules.delete(folder);
  }

  return {
    files: () => {
      listed ??= new Set(listFiles(root, listing));
      sorted ??= [...listed].sort();
      return sorted;
    },
    keeps,
    changed: (paths) => {
      if (listed === null) return rules.clear();
      const before = listed;
      const files = new Set(listed);
      const settled =
        !linked && options.paths === null && paths.length <= MANY && paths.every((path) => look(files, path));
      if (!settled) return restart();
      if (files.size === before.size && [...files].every((file) => before.has(file))) return;
      listed = files;
      sorted = null;
    },
  };
}

function reachedByLink(root: string, path: string): boolean {
  const folder = parentOf(path);
  if (folder === '') return false;
  try {
    return realpathSync(`${root}/${folder}`) !== `${realpathSync(root)}/${folder}`;
  } catch {
    return true;
  }
}

function statsOf(absolute: string): Stats | null {
  try {
    return lstatSync(absolute);
  } catch {
    return null;
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
