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
  return withReplaced(client, (key) => memberOf(client, key, Reflect.get(client, key, client), observer));
}

/** The object, some of whose members are others; these are made once, because Prisma makes its own anew whenever one is asked for. */
function withReplaced<Target extends object>(target: Target, replace: (key: PropertyKey) => unknown): Target {
  const replaced = new Map<PropertyKey, unknown>();
  return new Proxy(target, {
    get: (_target, key) => {
      const known = replaced.get(key);
      if (known !== undefined) return known;
      const instead = replace(key);
      if (instead !== undefined) replaced.set(key, instead);
      return instead ?? Reflect.get(target, key, target);
    },
    set: (_target, key, value) => {
      replaced.delete(key);
      return Reflect.set(target, key, value, target);
    },
  });
}

/** What stands for a member; undefined where it is the client's own. */
function memberOf(client: object, key: PropertyKey, own: unknown, observer: Observer): unknown {
  if (typeof key !== 'string') return undefined;
  if (typeof own === 'function') return methodOf(client, key, own as Method, observer);
  const isModel = typeof own === 'object' && own !== null && !/^[$_]/.test(key);
  return isModel ? observedModel(own, observer) : undefined;
}

function methodOf(client: object, key: string, own: Method, observer: Observer): Method {
  if (RAW.has(key)) return observedMethod({ owner: client, name: key, model: null }, observer);
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
  const model = nameOf(delegate);
  return withReplaced(delegate, (key) =>
    typeof key === 'string' && OPERATIONS.has(key) && typeof Reflect.get(delegate, key, delegate) === 'function'
      ? observedMethod({ owner: delegate, name: key, model }, observer)
      : undefined,
  );
}

/** Every model of a client knows its name. */
function nameOf(delegate: object): string | null {
  const name: unknown = Reflect.get(delegate, 'name') ?? Reflect.get(delegate, '$name');
  return typeof name === 'string' ? name : null;
}
