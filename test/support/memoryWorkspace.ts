import type { Workspace } from '#workspace/workspace.ts';

/** A workspace held in memory, so that a test states its files as text: paths are POSIX and relative to the root. */
export function memoryWorkspace(files: Readonly<Record<string, string>>): Workspace {
  const texts = new Map(Object.entries(files));
  const paths = [...texts.keys()].sort();
  return {
    root: '/memory',
    files: () => paths,
    read: (path) => texts.get(path) ?? null,
    problems: () => [],
  };
}
