import type { FileFacts } from '#syntax/facts.ts';
import type { Workspace } from '#workspace/workspace.ts';
import { extractAll } from './extractAll.ts';
import { type SecondThread, startSecondThread } from './secondThread.ts';

/** Facts of files, taken once until the file is forgotten. */
export interface FactsCache {
  forget(paths: readonly string[]): void;
  /** Before a run that may have to take many facts. */
  begin(): void;
  end(): void;
  /** In the order of the paths; files that cannot be read are left out. */
  facts(paths: readonly string[]): Promise<ReadonlyMap<string, FileFacts>>;
}

/** Projects of fewer files are done before a second thread has loaded the parser. */
const MANY_FILES = 400;

export function factsCache(workspace: Workspace): FactsCache {
  const known = new Map<string, FileFacts>();
  let second: SecondThread | null = null;
  return {
    begin: () => {
      const many = known.size === 0 && workspace.files().length >= MANY_FILES;
      if (many && navigator.hardwareConcurrency > 1) second = startSecondThread();
    },
    end: () => {
      second?.end();
      second = null;
    },
    forget: (paths) => {
      for (const path of paths) known.delete(path);
    },
    facts: async (paths) => {
      const missing = paths.filter((path) => !known.has(path)).map((path) => ({ path, text: workspace.read(path) }));
      const sources = missing.flatMap(({ path, text }) => (text === null ? [] : [{ path, text }]));
      for (const facts of await extractAll(sources, second)) known.set(facts.path, facts);
      return new Map(paths.flatMap((path) => [known.get(path) ?? []].flat().map((facts) => [path, facts] as const)));
    },
  };
}
