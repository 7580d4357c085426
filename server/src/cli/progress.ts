import type { Phase } from '#analyzer/phases.ts';
import type { Output } from './host.ts';

const QUIET_MS = 1000;
const CLEAR_LINE = '\r\u001b[K';

const WORDS: Readonly<Record<Phase, string>> = {
  schemas: 'reading schemas',
  select: 'looking for queries',
  facts: 'parsing',
  graph: 'following calls',
  rules: 'running rules',
  judge: 'writing findings',
};

export interface Progress {
  show(phase: Phase): void;
  clear(): void;
}

/** One line that names the running phase, on a terminal and only once the work has taken a second. */
export function createProgress(output: Output): Progress {
  const started = performance.now();
  let shown = false;
  return {
    show: (phase) => {
      if (!output.isTTY || performance.now() - started < QUIET_MS) return;
      output.write(`${CLEAR_LINE}querylens: ${WORDS[phase]} …`);
      shown = true;
    },
    clear: () => {
      if (shown) output.write(CLEAR_LINE);
      shown = false;
    },
  };
}
