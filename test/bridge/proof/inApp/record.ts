import { AsyncLocalStorage } from 'node:async_hooks';
import { closeSync, openSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { TrueList, TrueStatement, Truth } from '../truth.ts';

/** A call of the client while it runs, known by where it stands: `src/services/orders.ts:18:40`. */
export interface Running {
  readonly site: string;
  list?: TrueList;
}

export const running = new AsyncLocalStorage<Running>();

const CONTROL = /^(?:BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET|-- Implicit)\b/;

/** Whose a statement is that is being sent. */
export function senderOf(sql: string): Pick<TrueStatement, 'site' | 'list'> {
  const call = running.getStore();
  if (!call || CONTROL.test(sql)) return { site: null };
  return call.list ? { site: call.site, list: call.list } : { site: call.site };
}

const file = process.env.PROOF_TRUTH === undefined ? null : openSync(process.env.PROOF_TRUTH, 'w');
let waiting: string[] = [];

/** Notes something that happened; it is on the disk when the process ends. */
export function record(truth: Truth): void {
  if (file === null) return;
  if (truth.site === '') throw new Error(`nobody knows whose this is: ${JSON.stringify(truth)}`);
  waiting.push(JSON.stringify(truth));
  if (waiting.length >= AT_ONCE) flush();
}

const AT_ONCE = 500;

function flush(): void {
  if (file === null || waiting.length === 0) return;
  writeSync(file, `${waiting.join('\n')}\n`);
  waiting = [];
}

process.once('exit', () => {
  flush();
  if (file !== null) closeSync(file);
});

const root = pathToFileURL(`${process.cwd()}/`).href;

/** The nearest place in the application's own code on the stack of whoever asks. */
export function placeOfCall(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 40;
  const stack = String(new Error().stack);
  Error.stackTraceLimit = limit;
  for (const line of stack.split('\n')) {
    const place = /(?:file:\/\/|\/)\S*:\d+:\d+/.exec(line)?.[0];
    if (place?.startsWith(root) && !/generated|node_modules/.test(place)) return place.slice(root.length);
  }
  return '';
}
