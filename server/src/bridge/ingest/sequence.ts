import type { SiteIndex } from '../attribute/siteIndex.ts';
import { isWhole, nothingSeen } from './sequence/completeness.ts';
import type { Execution } from './sequence/execution.ts';
import { createPass, endPass, type Pass, passControl, passExecution } from './sequence/pass.ts';

/** Tells calls of the same statement apart by what comes before and after it. */
export interface Sequence {
  /** In the order of the log. */
  take(execution: Execution): void;
  /** A statement of no call, such as BEGIN, in its canonical form. */
  control(session: string, text: string): void;
  /** Counts all that waits. */
  settle(): void;
}

/** Begins to decide when enough was seen to know that a log is whole, and then from its beginning on. */
export function createSequence(index: SiteIndex): Sequence {
  const seen = nothingSeen();
  const decided = createPass(index, seen, true);
  let scout: Pass | null = createPass(index, seen, false);
  let waiting: Step[] = [];
  const replay = (): void => {
    const steps = waiting;
    waiting = [];
    scout = null;
    for (const step of steps) step(decided);
  };
  const advance = (step: Step): void => {
    if (scout === null) step(decided);
    else {
      step(scout);
      waiting.push(step);
      if (isWhole(seen) || waiting.length > MOST_WAITING) replay();
    }
  };
  return {
    take: (execution) => advance((pass) => passExecution(pass, execution)),
    control: (session, text) => advance((pass) => passControl(pass, session, text)),
    settle: () => {
      replay();
      endPass(decided);
    },
  };
}

type Step = (pass: Pass) => void;

/** Steps that wait for it to be known whether the log is whole. */
const MOST_WAITING = 20_000;
