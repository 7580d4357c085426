import { captureCallSite } from './callSite.ts';
import type { Recorder } from './recorder.ts';
import { type Counting, currentScope, type RunningCall, within } from './scope.ts';
import { watchCall } from './watchCall.ts';

type Method = (...args: unknown[]) => unknown;

/** A method of the client that makes a query. */
export interface QueryMethod {
  readonly owner: object;
  readonly name: string;
  /** Null for raw SQL. */
  readonly model: string | null;
}

/** Who is told of a client's calls. */
export interface Observer {
  readonly recorder: Recorder;
  /** One for a client and all that is made of it. */
  readonly client: Counting;
}

/** The same method, its calls told to the recorder with the place they were made from. */
export function observedMethod({ owner, name, model }: QueryMethod, { recorder, client }: Observer): Method {
  return function observed(...args) {
    const query: unknown = Reflect.apply(Reflect.get(owner, name) as Method, owner, args);
    if (!isQuery(query) || !recorder.wants(currentScope())) return query;
    const site = captureCallSite(observed);
    return observedQuery(query, { site, model, operation: name, statements: 0, client }, recorder);
  };
}

/** What Prisma's methods give: it begins when somebody waits for it, or when a transaction takes it. */
interface Query extends PromiseLike<unknown> {
  requestTransaction?(...args: unknown[]): Promise<unknown>;
}

function isQuery(value: unknown): value is Query & object {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** The query, whose start is seen and whose relations (`findUnique(…).posts()`) belong to the same call. */
function observedQuery(query: Query, call: RunningCall, recorder: Recorder): Query {
  let running: Promise<unknown> | null = null;
  const run = (): Promise<unknown> => {
    running ??= begin(call, recorder, () => query);
    return running;
  };
  return new Proxy(query, {
    get: (target, key) => {
      if (key === 'then') return (...args: Parameters<Promise<unknown>['then']>) => run().then(...args);
      if (key === 'catch') return (...args: Parameters<Promise<unknown>['catch']>) => run().catch(...args);
      if (key === 'finally') return (...args: Parameters<Promise<unknown>['finally']>) => run().finally(...args);
      const own: unknown = Reflect.get(target, key, target);
      if (typeof own !== 'function') return own;
      if (key === 'requestTransaction')
        return (...args: unknown[]) =>
          begin(call, recorder, () => Reflect.apply(own, target, args) as PromiseLike<unknown>);
      return (...args: unknown[]) => {
        const next: unknown = Reflect.apply(own, target, args);
        return isQuery(next) ? observedQuery(next, call, recorder) : next;
      };
    },
  });
}

/** Lets it run where SQL comments and events can see whose it is. */
function begin(call: RunningCall, recorder: Recorder, start: () => PromiseLike<unknown>): Promise<unknown> {
  const { request, watch } = currentScope();
  const answeredWatched = watch ? watchCall(watch, call) : null;
  const at = Date.now();
  const started = performance.now();
  const done = (rows: number | null, failed: boolean) => {
    answeredWatched?.();
    recorder.record({ call, request, at, ms: performance.now() - started, rows, failed });
  };
  const answered = (answer: unknown) => {
    done(Array.isArray(answer) ? answer.length : null, false);
    return answer;
  };
  const refused = (error: unknown) => {
    done(null, true);
    throw error;
  };
  // A query is lazy: `then` starts it, so that is what must be called inside.
  return Promise.resolve(within({ call }, () => start().then(answered, refused)));
}
