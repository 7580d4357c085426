/** Folder of a POSIX path, empty at the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** Joins and normalises POSIX paths relative to the root; null when the result leaves the root. */
export function joinPath(folder: string, relative: string): string | null {
  const segments = relative.startsWith('/') || folder === '' ? [] : folder.split('/');
  for (const segment of relative.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.join('/');
}

/** The folder itself and those above it, nearest first, the root (empty) last. */
export function* foldersUp(folder: string): Generator<string> {
  let current = folder;
  for (;;) {
    yield current;
    if (current === '') return;
    current = folderOf(current);
  }
}

/** A path inside a folder; every path is inside the root. */
export function isInside(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
