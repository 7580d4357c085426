import { createGraphBuilder, type GraphBuilder } from '#graph/buildGraph.ts';
import type { FileSelector } from '#graph/modules/selectFiles.ts';

/** How long what trials know of a project is kept without another. */
const IDLE_MS = 60_000;

/** What trials of fixes share: one at a time, each links only what differs from the one before. */
export interface Trials {
  inTurn<Answer>(tryOut: (graphs: GraphBuilder) => Promise<Answer>): Promise<Answer>;
}

export function createTrials(): Trials {
  let graphs: GraphBuilder | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  function kept(): GraphBuilder {
    clearTimeout(timer);
    timer = setTimeout(() => {
      graphs = null;
    }, IDLE_MS);
    timer.unref();
    graphs ??= createGraphBuilder();
    return graphs;
  }
  return {
    inTurn: (tryOut) => {
      const answer = last.then(() => tryOut(kept()));
      last = answer.catch(() => undefined);
      return answer;
    },
  };
}

const CODE = /\.[cm]?[jt]sx?$/;

/** The selector over changed texts. As long as no module comes into being, specifiers mean what they meant, and nothing need be linked anew for them. */
export function trialSelector(
  selector: FileSelector,
  files: readonly string[],
  changed: ReadonlySet<string>,
  over: FileSelector,
): FileSelector {
  const known = new Set(files);
  if ([...changed].some((file) => CODE.test(file) && !known.has(file))) return over;
  return {
    ...over,
    *select(schemas) {
      return { ...(yield* over.select(schemas)), resolver: selector.resolver() };
    },
  };
}
