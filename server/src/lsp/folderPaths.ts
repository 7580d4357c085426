import { join } from 'node:path';
import { isWithin, posixRelative } from '#analyzer/project.ts';
import { toPath, toUri } from './uris.ts';

/** Between the client's URIs and paths of findings, which are relative to the project's root. */
export interface FolderPaths {
  /** Absolute, as the disk names it; null for documents that are no files. */
  pathOf(uri: string): string | null;
  /** Relative to the project's root, POSIX; null for what lies outside of it. */
  fileOf(uri: string): string | null;
  uriOf(file: string): string;
}

/** A folder the client may reach through a symlink: `given` is its name for it, `real` the disk's, `root` the project's root. */
export interface FolderPlace {
  readonly given: string;
  readonly real: string;
  readonly root: string;
}

export function folderPaths({ given, real, root }: FolderPlace): FolderPaths {
  const pathOf = (uri: string) => {
    const path = toPath(uri);
    return path !== null && isWithin(path, given) ? join(real, posixRelative(given, path)) : path;
  };
  return {
    pathOf,
    fileOf: (uri) => {
      const path = pathOf(uri);
      return path !== null && isWithin(path, root) ? posixRelative(root, path) : null;
    },
    uriOf: (file) => {
      const path = join(root, file);
      return toUri(isWithin(path, real) ? join(given, posixRelative(real, path)) : path);
    },
  };
}
