import type { CollectorEvent } from '#shared/collectorEvents.ts';
import type { Host } from '../host.ts';
import { progressLine } from './progressLine.ts';

/** How a collector is heard: by a program as events, one a line, or by a person in words. */
export interface Teller {
  event(event: CollectorEvent): void;
  /** For people alone. */
  text(text: string): void;
}

/** Progress is told so often at most, in milliseconds. */
const PROGRESS_MS = 200;

export function createTeller(host: Host, json: boolean): Teller {
  let told = 0;
  const due = ({ kind }: CollectorEvent): boolean => {
    if (kind !== 'progress') return true;
    if (performance.now() - told < PROGRESS_MS) return false;
    told = performance.now();
    return true;
  };
  const teller = json ? toProgram(host) : toPerson(host);
  return { ...teller, event: (event) => due(event) && teller.event(event) };
}

function toProgram({ stdout }: Host): Teller {
  return { event: (event) => stdout.write(`${JSON.stringify(event)}\n`), text: () => undefined };
}

/** Progress is one line that is written over again, on a terminal only; a failure is told by whoever ends the run. */
function toPerson({ stdout, stderr }: Host): Teller {
  const progress = progressLine(stderr);
  return {
    event: (event) => {
      if (event.kind === 'progress') return progress.show(event);
      progress.clear();
      if (event.kind === 'warning') stderr.write(`${event.message.replace(/^(?=.)/gm, 'querylens: ')}\n`);
    },
    text: (text) => {
      progress.clear();
      stdout.write(text);
    },
  };
}
