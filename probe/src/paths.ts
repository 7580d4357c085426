import { isAbsolute, relative } from 'node:path';

/** Relative to the root where the file lies inside, always with `/`. */
export function relativePath(file: string, root: string): string {
  const path = isAbsolute(file) ? relative(root, file) : file;
  return (path.startsWith('..') ? file : path).replaceAll('\\', '/');
}
