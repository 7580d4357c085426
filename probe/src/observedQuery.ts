import { joinList } from './callList.ts';
import type { CallPlace } from './callPlace.ts';
import type { Recorder } from './recorder.ts';
import { type CalledMethod, RunningCall } from './runningCall.ts';
import { currentScope, inCall } from './scope.ts';
import { watchCall } from './watchCall.ts';

/** What Prisma's methods give: it begins when somebody waits for it, or when a transaction takes it. */
export interface Query extends PromiseLike<unknown> {
  requestTransaction?(...args: unknown[]): PromiseLike<unknown>;
}

type Taken = ((answer: unknown) => unknown) | null | undefined;

/** The query, whose start is seen and whose relations (`findUnique(…).posts()`) belong to the same call. One of a class costs less than a proxy each. */
export class ObservedQuery implements Query {
  readonly #query: Query;
  readonly #method: CalledMethod;
  readonly #place: CallPlace;
  readonly #recorder: Recorder;
  #begun = false;

  static {
    // What it has no member for is asked of the query it stands for.
    const behind = new Proxy(Object.create(null), {
      get: (_target, key, front) => (#query in front ? front.#memberOf(key) : undefined),
    });
    Object.setPrototypeOf(ObservedQuery.prototype, behind);
  }

  constructor(query: Query, method: CalledMethod, place: CallPlace, recorder: Recorder) {
    this.#query = query;
    this.#method = method;
    this.#place = place;
    this.#recorder = recorder;
  }

  // biome-ignore lint/suspicious/noThenProperty: it stands for a promise.
  then<Result>(taken?: Taken, refused?: Taken): Promise<Result> {
    if (this.#begun) return this.#query.then(taken, refused) as Promise<Result>;
    this.#begun = true;
    return this.#begin(itself, taken, refused) as Promise<Result>;
  }

  catch(refused?: Taken): Promise<unknown> {
    return this.then(null, refused);
  }

  finally(done?: (() => void) | null): Promise<unknown> {
    return this.then().finally(done);
  }

  requestTransaction(...args: unknown[]): PromiseLike<unknown> {
    return this.#begin((query) => query.requestTransaction?.(...args) ?? query, null, null, args[0]);
  }

  /** Lets it run where SQL comments can see whose it is; a query is lazy, so its `then` is what must be called there. */
  #begin(
    start: (query: Query) => PromiseLike<unknown>,
    taken?: Taken,
    refused?: Taken,
    transaction?: unknown,
  ): PromiseLike<unknown> {
    const query = this.#query;
    const { request, watch } = currentScope();
    const recorder = this.#recorder;
    const call = new RunningCall(this.#method, this.#place, request);
    if (transaction !== undefined) joinList(call, transaction);
    const answeredWatched = watch ? watchCall(watch, call) : null;
    const end = () => {
      call.ms = performance.now() - call.started;
      answeredWatched?.();
      recorder.record(call);
    };
    const onAnswer = (answer: unknown) => {
      if (Array.isArray(answer)) call.rows = answer.length;
      end();
      return taken ? taken(answer) : answer;
    };
    const onError = (error: unknown) => {
      call.failed = true;
      end();
      if (refused) return refused(error);
      throw error;
    };
    return inCall(call, () => start(query).then(onAnswer, onError));
  }

  #memberOf(key: PropertyKey): unknown {
    const query = this.#query;
    const own: unknown = Reflect.get(query, key, query);
    if (typeof own !== 'function') return own;
    return (...args: unknown[]) => {
      const next: unknown = Reflect.apply(own, query, args);
      return isQuery(next) ? new ObservedQuery(next, this.#method, this.#place, this.#recorder) : next;
    };
  }
}

const itself = (query: Query): Query => query;

/** Whether it is one that can be observed: what the client gives back for a call. */
export function isQuery(value: unknown): value is Query & object {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
