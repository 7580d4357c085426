import { join } from 'node:path';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import { createTypeService } from '#syntax/types/typeService.ts';
import type { TypeCheck } from './checkFix.ts';
import { dependentsOf } from './dependents.ts';

/** The state of a project in which a change is to be looked at. */
export interface TypedState {
  readonly graph: ProjectGraph;
  readonly read: (file: string) => string | null;
  /** Texts open in an editor, by file. */
  readonly opened: () => ReadonlyMap<string, string>;
}

/** Type checks of one project's changes; the compiler is started by the first. */
export interface TypeChecks {
  in(state: TypedState): TypeCheck;
  /** Has a file's types read before anybody waits for them. */
  warm(state: TypedState, file: string): void;
  /** Whether types can no longer be looked at, so that nothing will be verified. */
  areOff(): boolean;
}

export function createTypeChecks(root: string, log: (text: string) => void): TypeChecks {
  const service = createTypeService({ root, log });
  const absolute = (file: string) => join(root, file);
  const checkIn = ({ graph, read, opened }: TypedState): TypeCheck => {
    return async (texts, signal) => {
      const changed = [...texts].filter(([file]) => isCode(file));
      if (changed.length === 0) return { kind: 'same' };
      const dependents = dependentsOf(graph, [...texts.keys()]);
      const question = {
        changes: changed.map(([file, after]) => ({ path: absolute(file), before: read(file), after })),
        dependents: dependents.map(absolute),
        opened: [...opened()].filter(([file]) => isCode(file)).map(([file, text]) => ({ path: absolute(file), text })),
      };
      return service.ask(question, signal);
    };
  };
  return {
    in: checkIn,
    warm: (state, file) => {
      const text = state.read(file);
      if (text !== null && isCode(file)) void checkIn(state)(new Map([[file, text]]), AbortSignal.abort());
    },
    areOff: () => service.hopeless() !== null,
  };
}

/** Whether the compiler has a say in a file. */
export function isCode(file: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(file);
}
