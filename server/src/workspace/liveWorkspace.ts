import { resolve } from 'node:path';
import { DEFAULT_MAX_BYTES, type DiskOptions, sortedProblems } from './diskWorkspace.ts';
import { createFileList } from './fileList.ts';
import { asIfRead, readText, type TextOutcome } from './readText.ts';
import type { Workspace } from './workspace.ts';

/** A folder that is being worked in: documents open in an editor win over the disk. Paths are relative to the root, POSIX. */
export interface LiveWorkspace extends Workspace {
  /** Opens a document, or gives an open one another text; one that the ignore files leave out stays left out. */
  open(path: string, text: string): void;
  /** From now on the disk's text counts again. */
  close(path: string): void;
  /** Files or folders appeared, vanished or changed on the disk, `.gitignore` files among them. */
  changedOnDisk(paths: readonly string[]): void;
}

/** Lists and reads what a fresh `diskWorkspace` over the saved documents would; `files()` gives the same array until the list is another. */
export function liveWorkspace(root: string, options: DiskOptions = {}): LiveWorkspace {
  const absoluteRoot = resolve(root);
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  const opened = new Map<string, string>();
  const unlistable = new Map<string, string>();
  const unreadable = new Map<string, string>();
  const list = createFileList(absoluteRoot, {
    paths: options.paths ?? null,
    ignore: options.ignore ?? [],
    report: (path, reason) => unlistable.set(path, reason),
    forget: () => unlistable.clear(),
  });
  let known: { readonly listed: readonly string[]; readonly opened: number; readonly files: readonly string[] } | null =
    null;
  let openings = 0;

  function textOf(path: string): TextOutcome {
    const text = opened.get(path);
    return text === undefined ? readText(resolve(absoluteRoot, path), maxBytes) : asIfRead(text, maxBytes);
  }

  return {
    root: absoluteRoot,
    files: () => {
      const listed = list.files();
      if (known?.listed === listed && known.opened === openings) return known.files;
      known = { listed, opened: openings, files: withOpened(listed, [...opened.keys()].filter(list.keeps)) };
      return known.files;
    },
    read: (path) => {
      const outcome = textOf(path);
      if (outcome.kind === 'unreadable') unreadable.set(path, outcome.reason);
      else unreadable.delete(path);
      return outcome.kind === 'text' ? outcome.text : null;
    },
    problems: () => sortedProblems(new Map([...unlistable, ...unreadable])),
    open: (path, text) => {
      if (!opened.has(path)) openings++;
      opened.set(path, text);
      unreadable.delete(path);
    },
    close: (path) => {
      if (opened.delete(path)) openings++;
      unreadable.delete(path);
    },
    changedOnDisk: (paths) => {
      const changed = paths.map((path) => path.replace(/\/+$/, ''));
      list.changed(changed);
      openings++;
      for (const path of changed) forgetBelow([unlistable, unreadable], path);
    },
  };
}

/** The list itself where no open document adds to it. */
function withOpened(listed: readonly string[], kept: readonly string[]): readonly string[] {
  const there = new Set(listed);
  const more = kept.filter((path) => !there.has(path));
  return more.length === 0 ? listed : [...listed, ...more].sort();
}

function forgetBelow(problems: readonly Map<string, string>[], path: string): void {
  for (const map of problems)
    for (const file of map.keys()) if (file === path || file.startsWith(`${path}/`)) map.delete(file);
}
