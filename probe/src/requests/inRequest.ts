import type { RunningRequest } from '../runningCall.ts';
import { currentScope, within } from '../scope.ts';

/** What is known of a request. */
export interface RequestOptions {
  readonly method?: string;
  /** The pattern, `/orders/:id`, never the address, which holds values; a function where the router learns it late. */
  readonly route?: string | (() => string | null | undefined);
  /** Share of requests that are looked at, from 0 to 1, the default. */
  readonly sample?: number;
}

/** Runs the handler of one request: the queries it makes, however deep, belong together. */
export function inRequest<Result>(options: RequestOptions, run: () => Result): Result {
  if (currentScope().request) return run();
  return within({ request: requestOf(options) }, run);
}

function requestOf({ method, route, sample = 1 }: RequestOptions): RunningRequest {
  const path = () => (typeof route === 'function' ? route() : route) ?? null;
  return {
    id: nextId(),
    sampled: sample >= 1 || Math.random() < sample,
    weight: sample > 0 && sample < 1 ? Math.round(1 / sample) : 1,
    route: () => {
      const known = path();
      return known === null ? null : [method?.toUpperCase(), known].filter(Boolean).join(' ');
    },
  };
}

/** Apart from those of other processes and earlier runs. */
const RUN = `${process.pid.toString(36)}-${Date.now().toString(36)}`;
let count = 0;

function nextId(): string {
  count += 1;
  return `${RUN}-${count.toString(36)}`;
}
