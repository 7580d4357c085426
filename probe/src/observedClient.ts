import { type Observer, observedMethod } from './observedCall.ts';
import { nameMembers, overlay } from './overlay.ts';

type Method = (...args: unknown[]) => unknown;

const OPERATIONS: ReadonlySet<string> = new Set([
  ...['findUnique', 'findUniqueOrThrow', 'findFirst', 'findFirstOrThrow', 'findMany', 'count', 'aggregate', 'groupBy'],
  ...['create', 'createMany', 'createManyAndReturn', 'update', 'updateMany', 'updateManyAndReturn', 'upsert'],
  ...['delete', 'deleteMany', 'findRaw', 'aggregateRaw'],
]);

const RAW: ReadonlySet<string> = new Set([
  ...['$queryRaw', '$queryRawUnsafe', '$queryRawTyped', '$executeRaw', '$executeRawUnsafe', '$runCommandRaw'],
]);

/** A client whose models, raw queries, transactions and extensions are observed; all else is the client's own. */
export function observedClient<Client extends object>(client: Client, observer: Observer): Client {
  return nameMembers(observedMembers(client, observer), client);
}

function observedMembers<Client extends object>(client: Client, observer: Observer): Client {
  return overlay(client, (key, own) => memberOf(client, key, own, observer));
}

/** What stands for a member; undefined where it is the client's own. */
function memberOf(client: object, key: PropertyKey, own: unknown, observer: Observer): unknown {
  if (typeof key !== 'string') return undefined;
  if (typeof own === 'function') return methodOf(client, key, own as Method, observer);
  const isModel = typeof own === 'object' && own !== null && !/^[$_]/.test(key);
  return isModel ? observedModel(own, observer) : undefined;
}

function methodOf(client: object, key: string, own: Method, observer: Observer): Method {
  if (RAW.has(key)) return observedMethod({ owner: client, name: key, model: null, own }, observer);
  if (key === '$extends') return (...args) => observedClient(Reflect.apply(own, client, args) as object, observer);
  if (key === '$transaction') return (...args) => Reflect.apply(own, client, withObservedBody(args, observer));
  return own.bind(client) as Method;
}

/** The body of an interactive transaction gets an observed client too. */
function withObservedBody([body, ...others]: unknown[], observer: Observer): unknown[] {
  if (typeof body !== 'function') return [body, ...others];
  return [(tx: object) => (body as Method)(observedMembers(tx, observer)), ...others];
}

function observedModel(delegate: object, observer: Observer): object {
  const model = nameOf(delegate);
  return overlay(delegate, (key, own) =>
    typeof key === 'string' && OPERATIONS.has(key) && typeof own === 'function'
      ? observedMethod({ owner: delegate, name: key, model, own: own as Method }, observer)
      : undefined,
  );
}

/** Every model of a client knows its name. */
function nameOf(delegate: object): string | null {
  const name: unknown = Reflect.get(delegate, 'name') ?? Reflect.get(delegate, '$name');
  return typeof name === 'string' ? name : null;
}
