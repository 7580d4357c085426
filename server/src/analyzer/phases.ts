export const PHASES = ['schemas', 'select', 'facts', 'graph', 'rules', 'judge'] as const;

/** A step of the pipeline, in order. */
export type Phase = (typeof PHASES)[number];

export interface Stopwatch {
  /** Ends the running phase and begins the next. */
  begin(phase: Phase): void;
  /** Ends the running phase; milliseconds by phase. */
  end(): Readonly<Record<Phase, number>>;
}

export function stopwatch(onPhase: (phase: Phase) => void): Stopwatch {
  const times = { schemas: 0, select: 0, facts: 0, graph: 0, rules: 0, judge: 0 };
  let running: { readonly phase: Phase; readonly since: number } | null = null;
  const stop = () => {
    if (running) times[running.phase] += performance.now() - running.since;
    running = null;
  };
  return {
    begin: (phase) => {
      stop();
      running = { phase, since: performance.now() };
      onPhase(phase);
    },
    end: () => {
      stop();
      return times;
    },
  };
}
