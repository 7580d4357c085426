import type { Workspace } from '#workspace/workspace.ts';

/** A workspace held in memory that can be edited, and that writes down which files are read. */
export interface EditableWorkspace extends Workspace {
  /** Null deletes the file. */
  write(path: string, text: string | null): void;
  /** Files read since the last call, in order, each as often as it was read. */
  takeReads(): readonly string[];
}

export function editableWorkspace(files: Readonly<Record<string, string>>): EditableWorkspace {
  const texts = new Map(Object.entries(files));
  let listed: readonly string[] | null = null;
  let reads: string[] = [];
  return {
    root: '/memory',
    files: () => {
      listed ??= [...texts.keys()].sort();
      return listed;
    },
    read: (path) => {
      reads.push(path);
      return texts.get(path) ?? null;
    },
    problems: () => [],
    write: (path, text) => {
      if (text === null || !texts.has(path)) listed = null;
      if (text === null) texts.delete(path);
      else texts.set(path, text);
    },
    takeReads: () => {
      const taken = reads;
      reads = [];
      return taken;
    },
  };
}
