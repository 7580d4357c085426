import { type Observer, observedMethod } from './observedCall.ts';

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
  const replaced = new Map<PropertyKey, { readonly instead: unknown; readonly of: unknown }>();
  return new Proxy(client, {
    get: (target, key) => {
      const own: unknown = Reflect.get(target, key, target);
      const known = replaced.get(key);
      if (known && known.of === own) return known.instead;
      const instead = memberOf(target, key, own, observer);
      if (instead !== own) replaced.set(key, { instead, of: own });
      return instead;
    },
  });
}

function memberOf(client: object, key: PropertyKey, own: unknown, observer: Observer): unknown {
  if (typeof key !== 'string') return own;
  if (typeof own === 'function') return methodOf(client, key, own as Method, observer);
  const isModel = typeof own === 'object' && own !== null && !/^[$_]/.test(key);
  return isModel ? observedModel(own, observer) : own;
}

function methodOf(client: object, key: string, own: Method, observer: Observer): Method {
  if (RAW.has(key)) return observedMethod({ method: own, owner: client, model: null, operation: key }, observer);
  if (key === '$extends') return (...args) => observedClient(Reflect.apply(own, client, args) as object, observer);
  if (key === '$transaction') return (...args) => Reflect.apply(own, client, withObservedBody(args, observer));
  return own.bind(client) as Method;
}

/** The body of an interactive transaction gets an observed client too. */
function withObservedBody([body, ...others]: unknown[], observer: Observer): unknown[] {
  if (typeof body !== 'function') return [body, ...others];
  return [(tx: object) => (body as Method)(observedClient(tx, observer)), ...others];
}

function observedModel(delegate: object, observer: Observer): object {
  const replaced = new Map<string, { readonly instead: Method; readonly of: unknown }>();
  return new Proxy(delegate, {
    get: (target, key) => {
      const own: unknown = Reflect.get(target, key, target);
      if (typeof key !== 'string' || typeof own !== 'function' || !OPERATIONS.has(key)) return own;
      const known = replaced.get(key);
      if (known?.of === own) return known.instead;
      const model = nameOf(target);
      const instead = observedMethod({ method: own as Method, owner: target, model, operation: key }, observer);
      replaced.set(key, { instead, of: own });
      return instead;
    },
  });
}

/** Every model of a client knows its name. */
function nameOf(delegate: object): string | null {
  const name: unknown = Reflect.get(delegate, 'name') ?? Reflect.get(delegate, '$name');
  return typeof name === 'string' ? name : null;
}
