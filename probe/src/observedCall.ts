import { capturePlace, Depth } from './callPlace.ts';
import { isQuery, ObservedQuery } from './observedQuery.ts';
import type { Recorder } from './recorder.ts';
import type { CalledMethod, Counting } from './runningCall.ts';
import { currentScope } from './scope.ts';

type Method = (...args: unknown[]) => unknown;

/** A method of the client that makes a query. */
export interface QueryMethod {
  readonly owner: object;
  readonly own: Method;
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
export function observedMethod({ owner, own, name, model }: QueryMethod, { recorder, client }: Observer): Method {
  const method: CalledMethod = { model, operation: name, client };
  const depth = new Depth();
  return function observed(...args) {
    const query: unknown = Reflect.apply(own, owner, args);
    if (!isQuery(query) || !recorder.wants(currentScope())) return query;
    return new ObservedQuery(query, method, capturePlace(observed, depth), recorder);
  };
}
