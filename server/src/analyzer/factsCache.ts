import { hash } from 'node:crypto';
import type { FileFacts } from '#syntax/facts.ts';
import type { Workspace } from '#workspace/workspace.ts';

/** Facts of files, taken once for each text. */
export interface FactsCache {
  /** The files may have other texts now. */
  forget(paths: readonly string[]): void;
  /** Drops what is known of files that are gone. */
  keep(paths: ReadonlySet<string>): void;
  /** Gives a function that takes facts, null of a file that cannot be read; the parser is loaded for it. */
  reader(): Promise<FactsReader>;
}

export type FactsReader = (path: string) => FileFacts | null;

/** Takes facts on this thread: a second one was measured to cost more than it saves (docs/decisions). */
export function factsCache(workspace: Workspace): FactsCache {
  const known = new Map<string, FileFacts>();
  const doubtful = new Set<string>();
  return {
    forget: (paths) => {
      for (const path of paths) if (known.has(path)) doubtful.add(path);
    },
    keep: (paths) => {
      for (const path of known.keys()) if (!paths.has(path)) known.delete(path);
    },
    reader: async () => {
      const { extractFacts } = await import('#syntax/extractFacts.ts');
      return (path) => {
        const before = known.get(path);
        if (before && !doubtful.has(path)) return before;
        const facts = read(path, before, extractFacts);
        doubtful.delete(path);
        if (facts) known.set(path, facts);
        else known.delete(path);
        return facts;
      };
    },
  };

  function read(path: string, before: FileFacts | undefined, extract: Extract): FileFacts | null {
    const text = workspace.read(path);
    if (text === null) return null;
    return before?.hash === hash('sha1', text, 'base64url') ? before : extract(path, text);
  }
}

type Extract = (path: string, text: string) => FileFacts;

/** Facts over a cache with some files read anew from another workspace; the cache below learns nothing of them. */
export function overlayFacts(below: FactsCache, workspace: Workspace, changed: ReadonlySet<string>): FactsCache {
  const own = factsCache(workspace);
  return {
    forget: own.forget,
    keep: own.keep,
    reader: async () => {
      const [kept, fresh] = [await below.reader(), await own.reader()];
      return (path) => (changed.has(path) ? fresh(path) : kept(path));
    },
  };
}
