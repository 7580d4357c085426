import { join } from 'node:path';
import { isWithin, posixRelative } from '#analyzer/project.ts';
import { toPath, toUri } from './uris.ts';

/** Between the client's URIs and paths of findings, which are relative to the project's root. */
export interface FolderPaths {
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
  return {
    fileOf: (uri) => {
      const path = toPath(uri);
      if (path === null) return null;
      const onDisk = isWithin(path, given) ? join(real, posixRelative(given, path)) : path;
      return isWithin(onDisk, root) ? posixRelative(root, onDisk) : null;
    },
    uriOf: (file) => {
      const onDisk = join(root, file);
      return toUri(isWithin(onDisk, real) ? join(given, posixRelative(real, onDisk)) : onDisk);
    },
  };
}
