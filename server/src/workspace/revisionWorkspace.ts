import { patternRules } from './ignoreRules.ts';
import { keepsFile, keepsFolder } from './keptNames.ts';
import type { Workspace } from './workspace.ts';

/** A workspace that can be looked at as it was. */
export interface RevisionWorkspace extends Workspace {
  /** From now on it shows its files as they were, or as they are. */
  show(revision: 'base' | 'present'): void;
}

/** `before` are the texts that were others, null for files that were not there; `ignore` the patterns of what is left out. */
export function revisionWorkspace(
  present: Workspace,
  before: ReadonlyMap<string, string | null>,
  ignore: readonly string[],
): RevisionWorkspace {
  const rules = [patternRules('', ignore)];
  let showsBase = false;
  let base: readonly string[] | null = null;
  const baseFiles = (): readonly string[] => {
    const now = present.files();
    const there = new Set(now.filter((file) => before.get(file) !== null));
    for (const [file, text] of before) if (text !== null && isKept(file, rules)) there.add(file);
    return [...there].sort();
  };
  return {
    root: present.root,
    files: () => {
      if (!showsBase) return present.files();
      base ??= baseFiles();
      return base;
    },
    read: (path) => {
      const text = showsBase ? before.get(path) : undefined;
      return text === undefined ? present.read(path) : text;
    },
    problems: () => present.problems().filter(({ file }) => !(showsBase && before.has(file))),
    show: (revision) => {
      showsBase = revision === 'base';
    },
  };
}

function isKept(file: string, rules: Parameters<typeof keepsFile>[2]): boolean {
  const names = file.split('/');
  const isFolderKept = names
    .slice(0, -1)
    .every((name, at) => keepsFolder(name, names.slice(0, at + 1).join('/'), rules));
  return isFolderKept && keepsFile(names.at(-1) ?? '', file, rules);
}
