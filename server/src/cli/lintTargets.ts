import { existsSync, realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Failure } from '#analyzer/failure.ts';
import { isFolder, isWithin, nearestUp, type Project, projectOf } from '#analyzer/project.ts';

export interface LintTargets {
  /** Absolute: what reported paths are relative to. */
  readonly base: string;
  readonly projects: readonly Project[];
}

/**
 * Groups the given paths by project. The base is the folder itself when one folder is given, else the current folder when it
 * holds all paths, else their nearest common folder.
 */
export function lintTargets(given: readonly string[], cwd: string, configFile: string | null): LintTargets {
  const paths = (given.length === 0 ? ['.'] : given).map((path) => existing(path, cwd));
  const projects = new Map<string, Project>();
  for (const path of paths) {
    const project = projectOf(path, configFile);
    const key = `${project.root}\0${project.config}`;
    projects.set(key, { ...project, paths: [...(projects.get(key)?.paths ?? []), path] });
  }
  return { base: baseOf(paths, realpathSync(cwd)), projects: [...projects.values()] };
}

function existing(path: string, cwd: string): string {
  const absolute = resolve(cwd, path);
  if (!existsSync(absolute)) throw new Failure(`${path}: there is no such file or folder`);
  return realpathSync(absolute);
}

function baseOf(paths: readonly string[], cwd: string): string {
  const [first = cwd] = paths;
  if (paths.length === 1 && isFolder(first)) return first;
  if (paths.every((path) => isWithin(path, cwd))) return cwd;
  const folders = paths.map((path) => (isFolder(path) ? path : dirname(path)));
  return folders.reduce((common, folder) => nearestUp(common, null, (at) => isWithin(folder, at)) ?? common);
}
