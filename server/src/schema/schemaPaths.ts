import { posix } from 'node:path';

/** The folder of a workspace path; the root is the empty string. */
export function dirname(path: string): string {
  const at = path.lastIndexOf('/');
  return at === -1 ? '' : path.slice(0, at);
}

export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Resolves a relative path inside the workspace; null when it leads out of it or is absolute. */
export function joinPath(folder: string, relative: string): string | null {
  const slashed = relative.replaceAll('\\', '/');
  if (posix.isAbsolute(slashed) || /^[A-Za-z]:/.test(slashed)) return null;
  const joined = posix.normalize(posix.join(folder, slashed)).replace(/\/$/, '');
  if (joined === '..' || joined.startsWith('../')) return null;
  return joined === '.' ? '' : joined;
}

/** Whether a path is the folder or lies below it; everything lies below the root. */
export function isInside(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** The folder and those above it, nearest first, the root last. */
export function foldersUp(folder: string): readonly string[] {
  return folder === '' ? [''] : [folder, ...foldersUp(dirname(folder))];
}

/** The deepest folder that holds all paths. */
export function commonFolder(folders: readonly string[]): string {
  const [first = '', ...rest] = folders;
  return foldersUp(first).find((folder) => rest.every((other) => isInside(other, folder))) ?? '';
}
