import { diskWorkspace } from '#workspace/diskWorkspace.ts';
import { overlayWorkspace } from '#workspace/overlayWorkspace.ts';
import type { Workspace } from '#workspace/workspace.ts';

export interface LiveWorkspace extends Workspace {
  open(path: string, text: string): void;
  close(path: string): void;
  changedOnDisk(paths: readonly string[]): void;
}

export function liveWorkspace(root: string, options: { readonly ignore?: readonly string[] }): LiveWorkspace {
  const texts = new Map<string, string>();
  let disk = diskWorkspace(root, options);
  const below = {
    root,
    files: () => disk.files(),
    read: (p: string) => disk.read(p),
    problems: () => disk.problems(),
  };
  return {
    ...overlayWorkspace(below, texts),
    open: (path, text) => texts.set(path, text),
    close: (path) => texts.delete(path),
    changedOnDisk: () => {
      disk = diskWorkspace(root, options);
    },
  };
}
