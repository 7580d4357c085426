import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import picomatch from 'picomatch';
import { isFolder } from '#analyzer/project.ts';

/** What a person calls logs: `-`, a file, a folder, or a glob. */
export interface NamedLogs {
  readonly name: string;
  /** Absolute paths as they are now, sorted; for `-` and a file that does not exist none. */
  readonly files: readonly string[];
  /** Where new ones may appear: absolute. */
  readonly folder: string;
  /** A single file was named, not one of many that may be logs. */
  readonly single: boolean;
}

/** The standard input. */
export const STANDARD_INPUT = '-';

/** Files a folder or a glob stands for now. In a folder everything may be a log that is not hidden. */
export function namedLogs(name: string, cwd: string): NamedLogs {
  const path = resolve(cwd, name);
  const { isGlob, base, glob } = picomatch.scan(name);
  if (isGlob && !existsSync(path)) {
    const folder = resolve(cwd, base);
    const matches = picomatch(glob, { dot: basename(glob).startsWith('.') });
    return { name, folder, single: false, files: filesIn(folder, glob.includes('/'), matches) };
  }
  if (existsSync(path) && isFolder(path))
    return { name, folder: path, single: false, files: filesIn(path, false, isShown) };
  return { name, folder: resolve(path, '..'), single: true, files: existsSync(path) ? [path] : [] };
}

function isShown(path: string): boolean {
  return !path.startsWith('.');
}

function filesIn(folder: string, recursive: boolean, matches: (path: string) => boolean): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive })
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => matches(path.slice(folder.length + 1).replaceAll('\\', '/')))
    .filter((path) => existsSync(path) && !isFolder(path))
    .sort();
}
