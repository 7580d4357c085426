import type { FunctionId } from '../projectGraph.ts';

/** By function: the files that lead to it, in order of their paths. */
export type Incoming = ReadonlyMap<FunctionId, readonly string[]>;

/** Where a file leads to, before and after it changed. */
export interface Leading {
  readonly path: string;
  readonly before: Iterable<FunctionId>;
  readonly after: Iterable<FunctionId>;
}

/** The same with other ways out of some files; the given one itself where nothing changes. */
export function withLeading(incoming: Incoming, changes: Iterable<Leading>): Incoming {
  const edited = new Map<FunctionId, readonly string[]>();
  const sources = (id: FunctionId) => edited.get(id) ?? incoming.get(id) ?? NOWHERE;
  for (const { path, before, after } of changes) {
    const wanted = new Set(after);
    const had = new Set(before);
    for (const id of had) {
      if (!wanted.has(id))
        edited.set(
          id,
          sources(id).filter((source) => source !== path),
        );
    }
    for (const id of wanted) if (!had.has(id)) edited.set(id, inserted(sources(id), path));
  }
  return edited.size === 0 ? incoming : new Map([...incoming, ...edited]);
}

const NOWHERE: readonly string[] = [];

function inserted(paths: readonly string[], path: string): readonly string[] {
  const at = paths.findLastIndex((other) => other < path) + 1;
  return [...paths.slice(0, at), path, ...paths.slice(at)];
}
