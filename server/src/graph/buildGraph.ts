import type { SchemaModel } from '#schema/schemaModel.ts';
import type { FileFacts } from '#syntax/facts.ts';
import type { Workspace } from '#workspace/workspace.ts';
import { viewOf } from './graphView.ts';
import { type LinkedProject, type LinkInput, linkAll, relink } from './link/linkFiles.ts';
import { createMemory, type Memory } from './memory.ts';
import { createModuleResolver, type ModuleResolver } from './modules/moduleResolution.ts';
import type { ProjectGraph } from './projectGraph.ts';
import { createTrace } from './trace.ts';

/** What a graph is made of. */
export interface GraphInput {
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly schemas: readonly SchemaModel[];
  /** Asked for its file list, manifests and compiler settings only. */
  readonly workspace: Workspace;
  /** Handed over where file selection made one already. */
  readonly resolver?: ModuleResolver;
  /** The setting of the same name: functions and globs through which requests enter, besides what is recognised. */
  readonly entryPoints?: readonly string[];
}

/** Links all facts, once. Files are taken in the order of their paths, so that equal input gives an equal graph. */
export function buildGraph(input: GraphInput): ProjectGraph {
  return finished(linkAll(completed(input), false), (project) => viewOf(project, createMemory()));
}

/** Makes one graph after another of the same project; what did not change since the last is taken over from it. */
export interface GraphBuilder {
  /**
   * Each step is one file. Schemas, the resolver and the facts of files that are the same objects as before count as unchanged; where
   * schemas, the resolver, the list of files or the setting are others, everything is linked. Return the generator to give up.
   */
  build(input: GraphInput): Generator<void, ProjectGraph>;
}

/** Keeps what it linked for the next graph. */
export function createGraphBuilder(): GraphBuilder {
  let kept: { readonly project: LinkedProject; readonly memory: Memory } | null = null;
  return {
    *build(given) {
      const input = completed(given);
      const steps = kept ? relink(kept.project, input) : null;
      const memory = steps && kept ? kept.memory : createMemory(createTrace());
      const project = yield* steps ?? linkAll(input, true);
      kept = { project, memory };
      return viewOf(project, memory);
    },
  };
}

function completed({ files, schemas, workspace, resolver, entryPoints = [] }: GraphInput): LinkInput {
  return { files, schemas, resolver: resolver ?? createModuleResolver(workspace), entryPoints };
}

function finished<Found, Result>(steps: Generator<void, Found>, then: (found: Found) => Result): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return then(step.value);
  }
}
