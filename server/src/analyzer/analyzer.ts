import type { SchemaModel } from '#schema/schemaModel.ts';
import { overlayWorkspace } from '#workspace/overlayWorkspace.ts';
import { factsCache, overlayFacts } from './factsCache.ts';
import { analyse } from './pipeline.ts';
import type { AnalyzerOptions, Snapshot } from './snapshot.ts';

export type { AnalyzerOptions, Snapshot } from './snapshot.ts';

export interface Analyzer {
  /** Marks files that changed, appeared or vanished; nothing is read before the next snapshot. */
  update(paths: readonly string[]): void;
  /** The answer over everything; rejects with the signal's reason once it is aborted, and what was learnt until then is kept. */
  snapshot(signal?: AbortSignal): Promise<Snapshot>;
  /** The answer as it would be if some files had other texts, or came into being: for trying a fix. It shares what is known and changes none of it. */
  trial(texts: ReadonlyMap<string, string>, signal?: AbortSignal): Promise<Snapshot>;
}

/** The engine behind one door: the command line asks once, an editor after every pause. */
export function createAnalyzer(options: AnalyzerOptions): Analyzer {
  const facts = factsCache(options.workspace);
  let schemas: readonly SchemaModel[] = [];
  return {
    update: (paths) => facts.forget(paths),
    snapshot: async (signal) => {
      signal?.throwIfAborted();
      const snapshot = await analyse(options, facts, schemas);
      schemas = snapshot.graph.schemas;
      return snapshot;
    },
    trial: async (texts, signal) => {
      signal?.throwIfAborted();
      const workspace = overlayWorkspace(options.workspace, texts);
      return analyse({ ...options, workspace }, overlayFacts(facts, workspace, new Set(texts.keys())), schemas);
    },
  };
}
