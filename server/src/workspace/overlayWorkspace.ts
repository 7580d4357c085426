import type { Workspace } from './workspace.ts';

/** Another workspace with some texts replaced or added: open documents, fixes not yet written, a text on standard input. */
export function overlayWorkspace(below: Workspace, texts: ReadonlyMap<string, string>): Workspace {
  return {
    root: below.root,
    files: () => [...new Set([...below.files(), ...texts.keys()])].sort(),
    read: (path) => texts.get(path) ?? below.read(path),
    problems: () => below.problems().filter(({ file }) => !texts.has(file)),
  };
}
