import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { CollectorEvent } from '#shared/collectorEvents.ts';

/** How to run our own command line beside the server. */
export interface Program {
  /** The module to start: a path. */
  readonly module: string;
}

/** `ingest`, `watch` or `serve` in a process of its own. */
export interface Collector {
  readonly ended: Promise<CollectorEnd>;
  /** Asks it to end, and ends it where it does not. */
  stop(): void;
}

export type CollectorEnd =
  | { readonly kind: 'done'; readonly summary: CollectorSummary | null }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly message: string };

export type CollectorSummary = Extract<CollectorEvent, { readonly kind: 'summary' }>;

/** How long it may take to put away what it has, in milliseconds. */
const STOP_MS = 3000;

/** Starts it; the channel between the processes is what it notices the end of this one by. */
export function startCollector(
  { module }: Program,
  args: readonly string[],
  cwd: string,
  heard: (event: CollectorEvent) => void,
): Collector {
  const child = fork(module, [...args, '--json'], { cwd, execArgv: [], silent: true });
  const last: { summary: CollectorSummary | null; failure: string | null; said: string } = {
    ...{ summary: null, failure: null, said: '' },
  };
  let stopping = false;
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event = eventOf(line);
      if (event?.kind === 'summary') last.summary = event;
      if (event?.kind === 'failed') last.failure = event.message;
      if (event) heard(event);
    });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    last.said = (last.said + text).slice(-MOST_SAID);
  });
  const { promise: ended, resolve } = Promise.withResolvers<CollectorEnd>();
  child.once('error', ({ message }) => resolve({ kind: 'failed', message }));
  child.once('close', (code) => {
    if (stopping) return resolve({ kind: 'stopped' });
    if (code === 0 || (last.summary && last.failure === null)) return resolve({ kind: 'done', summary: last.summary });
    resolve({ kind: 'failed', message: last.failure ?? lastLine(last.said) ?? `the process ended with code ${code}` });
  });
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    child.kill();
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    child.once('close', () => clearTimeout(timer));
  };
  return { ended, stop };
}

const MOST_SAID = 4000;

/** Null for what is none, such as a warning of Node. */
function eventOf(line: string): CollectorEvent | null {
  try {
    const event: unknown = JSON.parse(line);
    return typeof event === 'object' && event !== null && 'kind' in event ? (event as CollectorEvent) : null;
  } catch {
    return null;
  }
}

function lastLine(text: string): string | null {
  const line = text.trimEnd().split('\n').at(-1)?.replace('querylens: ', '') ?? '';
  return line === '' ? null : line;
}
