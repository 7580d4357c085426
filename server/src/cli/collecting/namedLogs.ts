import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import picomatch from 'picomatch';
import { isFolder } from '#analyzer/project.ts';
import type { LogFolder } from '#bridge/watch/wakeUps.ts';

/** The logs a person calls by one name: a file, a folder, or a glob. */
export interface NamedLogs extends LogFolder {
  /** One file was named, and not all that may be logs somewhere. */
  readonly single: boolean;
  /** Absolute paths of those there are now, sorted. */
  readonly files: () => readonly string[];
}

/** The standard input. */
export const STANDARD_INPUT = '-';

/** What there is may change; which of these a name is does not. In a folder everything is a log that is not hidden. */
export function namedLogs(name: string, cwd: string): NamedLogs {
  const path = resolve(cwd, name);
  const { isGlob, base, glob } = picomatch.scan(name);
  if (isGlob && !existsSync(path)) {
    const matches = picomatch(glob, { dot: basename(glob).startsWith('.') });
    return many(resolve(cwd, base), /\*\*|\//.test(glob), matches);
  }
  if (existsSync(path) && isFolder(path)) return many(path, false, (each) => !each.startsWith('.'));
  const files = () => (existsSync(path) ? [path] : []);
  return { folder: dirname(path), recursive: false, isLog: (each) => resolve(each) === path, single: true, files };
}

function many(folder: string, recursive: boolean, matches: (path: string) => boolean): NamedLogs {
  const isLog = (path: string) => matches(path.slice(folder.length + 1).replaceAll('\\', '/'));
  return { folder, recursive, isLog, single: false, files: () => filesIn(folder, recursive).filter(isLog) };
}

function filesIn(folder: string, recursive: boolean): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive })
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => existsSync(path) && !isFolder(path))
    .sort();
}
