import type { SchemaModel } from '#schema/schemaModel.ts';
import { factsCache } from './factsCache.ts';
import { analyse } from './pipeline.ts';
import type { AnalyzerOptions, Snapshot } from './snapshot.ts';

export type { AnalyzerOptions, Snapshot } from './snapshot.ts';

export interface Analyzer {
  /** Marks files that changed, appeared or vanished; nothing is read before the next snapshot. */
  update(paths: readonly string[]): void;
  /** The answer over everything; rejects with the signal's reason once it is aborted, and what was learnt until then is kept. */
  snapshot(signal?: AbortSignal): Promise<Snapshot>;
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
  };
}
