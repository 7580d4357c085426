import { INITIAL_STATE, type ProjectState } from './projectState.ts';

/** Holds the one state; views listen and draw anew. */
export interface ProjectStore {
  state(): ProjectState;
  update(change: (state: ProjectState) => ProjectState): void;
  /** Calls back after each change; the answer ends it. */
  onChange(listener: (state: ProjectState) => void): { dispose(): void };
}

export function projectStore(): ProjectStore {
  let state = INITIAL_STATE;
  const listeners = new Set<(state: ProjectState) => void>();
  return {
    state: () => state,
    update: (change) => {
      state = change(state);
      for (const listener of [...listeners]) listener(state);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
}
