import type { FileFacts } from '#syntax/facts.ts';
import type { Workspace } from '#workspace/workspace.ts';

/** Facts of files, taken once until the file is forgotten. */
export interface FactsCache {
  forget(paths: readonly string[]): void;
  /** In the order of the paths; files that cannot be read are left out. */
  facts(paths: readonly string[]): Promise<ReadonlyMap<string, FileFacts>>;
}

/** Takes facts on this thread: a second one was measured to cost more than it saves (docs/decisions). */
export function factsCache(workspace: Workspace): FactsCache {
  const known = new Map<string, FileFacts>();
  return {
    forget: (paths) => {
      for (const path of paths) known.delete(path);
    },
    facts: async (paths) => {
      const { extractFacts } = await import('#syntax/extractFacts.ts');
      const wanted = new Map<string, FileFacts>();
      for (const path of paths) {
        const facts = known.get(path) ?? read(path, extractFacts);
        if (facts) wanted.set(path, facts);
      }
      return wanted;
    },
  };

  function read(path: string, extract: (path: string, text: string) => FileFacts): FileFacts | null {
    const text = workspace.read(path);
    if (text === null) return null;
    const facts = extract(path, text);
    known.set(path, facts);
    return facts;
  }
}

/** Facts over a cache with some files read anew from another workspace; the cache below learns nothing of them. */
export function overlayFacts(below: FactsCache, workspace: Workspace, changed: ReadonlySet<string>): FactsCache {
  const own = factsCache(workspace);
  return {
    forget: own.forget,
    facts: async (paths) => {
      const kept = await below.facts(paths.filter((path) => !changed.has(path)));
      const fresh = await own.facts(paths.filter((path) => changed.has(path)));
      return new Map(
        paths.flatMap((path) => {
          const facts = fresh.get(path) ?? kept.get(path);
          return facts ? [[path, facts] as const] : [];
        }),
      );
    },
  };
}
