import { INITIAL_STATE, type ProjectState } from './projectState.ts';

/** Holds the one state; views listen and draw anew. */
export interface ProjectStore {
  state(): ProjectState;
  update(change: (state: ProjectState) => ProjectState): void;
  /** Calls back after each change; the answer ends it. */
  onChange(listener: (state: ProjectState) => void): { dispose(): void };
  /** Settles as soon as the state is as wanted. */
  until(wanted: (state: ProjectState) => boolean): Promise<void>;
}

export function projectStore(): ProjectStore {
  let state = INITIAL_STATE;
  const listeners = new Set<(state: ProjectState) => void>();
  const onChange: ProjectStore['onChange'] = (listener) => {
    listeners.add(listener);
    return { dispose: () => listeners.delete(listener) };
  };
  return {
    state: () => state,
    update: (change) => {
      state = change(state);
      for (const listener of [...listeners]) listener(state);
    },
    onChange,
    until: (wanted) =>
      new Promise((resolve) => {
        if (wanted(state)) return resolve();
        const listening = onChange((changed) => {
          if (!wanted(changed)) return;
          listening.dispose();
          resolve();
        });
      }),
  };
}
