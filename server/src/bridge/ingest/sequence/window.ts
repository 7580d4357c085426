import type { Held } from './execution.ts';
import { narrowToPlace } from './groups.ts';
import { HOLD_MS, type Log } from './log.ts';

/** Executions of which more may become known, in the order of the log. */
export interface Window {
  /** Not where a log is only read to see whether it is whole. */
  readonly counts: boolean;
  held: Held[];
  /** So many at the beginning are counted. */
  done: number;
  /** When the last of all ended. */
  newest: number;
}

export function createWindow(counts: boolean): Window {
  return { counts, held: [], done: 0, newest: Number.NEGATIVE_INFINITY };
}

/** Takes one in, and counts those of which all is known, or all that will be. */
export function hold(log: Log, window: Window, execution: Held): void {
  window.newest = Math.max(window.newest, execution.end);
  window.held.push(execution);
  for (let next = nextOf(window); next && mayFinish(window, next); next = nextOf(window)) {
    finish(log, window, next);
    window.done += 1;
  }
  if (window.done >= MOST_DONE || window.done >= window.held.length) letGo(window, window.done);
}

/** Counts all that is left. */
export function finishAll(log: Log, window: Window): void {
  for (const execution of window.held) finish(log, window, execution);
  letGo(window, window.held.length);
}

function letGo(window: Window, done: number): void {
  window.held = window.held.slice(done);
  window.done = 0;
}

function nextOf({ held, done }: Window): Held | undefined {
  return held[done];
}

function mayFinish({ held, done, newest }: Window, execution: Held): boolean {
  return isDecided(execution) || newest - execution.end >= HOLD_MS || held.length - done >= MOST_HELD;
}

function isDecided({ options, group }: Held): boolean {
  return options.length < 2 && (group === null || group.state === 'told');
}

function finish(log: Log, { counts }: Window, execution: Held): void {
  if (execution.counted) return;
  narrowToPlace(log, execution);
  execution.counted = true;
  if (counts) execution.count(execution.options, execution.doubtful);
}

/** Keeps memory bounded on a busy server. */
const MOST_HELD = 20_000;
/** Counted ones are let go of so many at a time. */
const MOST_DONE = 1_000;
