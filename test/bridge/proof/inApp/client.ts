import { pathToFileURL } from 'node:url';
import type { TrueList } from '../truth.ts';
import { placeOfCall, type Running, record, running, senderOf } from './record.ts';

type Method = (...args: unknown[]) => unknown;
type Listener = (event: QueryEvent) => void;

interface QueryEvent {
  readonly timestamp: Date;
  readonly query: string;
  readonly params: string;
  readonly duration: number;
}

interface Generated {
  readonly PrismaClient: new (options: object) => object;
}

const { PrismaClient: Own } = (await import(
  pathToFileURL(`${process.cwd()}/src/generated/prisma/client.ts`).href
)) as Generated;

/** Stands for the generated client's class: each call is timed and counted by where it stands. */
export function PrismaClient(options: object): object {
  const client = new Own({ ...options, log: [{ emit: 'event', level: 'query' }] });
  const listen = Reflect.get(client, '$on') as (event: 'query', listener: Listener) => void;
  listen.call(client, 'query', (event) => {
    const { timestamp, query, params, duration } = event;
    record({ kind: 'event', at: timestamp.getTime(), sql: query, params, ms: duration, ...senderOf(query) });
  });
  return watched(client);
}

function watched<Client extends object>(client: Client): Client {
  return new Proxy(client, {
    get: (target, key) => {
      const own: unknown = Reflect.get(target, key, target);
      if (typeof key !== 'string') return own;
      if (key === '$transaction') return transaction(target, own as Method);
      if (/^\$(?:query|execute)Raw/.test(key)) return timed(target, own as Method, key);
      const isModel = typeof own === 'object' && own !== null && !/^[$_]/.test(key);
      return isModel ? watchedModel(own, key) : own;
    },
  });
}

function transaction(client: object, own: Method): Method {
  return (body, ...others) => {
    const observed = typeof body === 'function' ? (tx: object) => (body as Method)(watched(tx)) : body;
    return Reflect.apply(own, client, [observed, ...others]);
  };
}

function watchedModel(model: object, name: string): object {
  return new Proxy(model, {
    get: (target, key) => {
      const own: unknown = Reflect.get(target, key, target);
      return typeof own === 'function' && typeof key === 'string'
        ? timed(target, own as Method, `${name}.${key}`)
        : own;
    },
  });
}

function timed(owner: object, own: Method, name: string): Method {
  return (...args) => {
    const query = Reflect.apply(own, owner, args);
    const isQuery = typeof query === 'object' && query !== null && 'then' in query;
    return isQuery ? timedQuery(query as Query, { site: placeOfCall() }, name) : query;
  };
}

interface Query extends PromiseLike<unknown> {
  requestTransaction(...args: unknown[]): Promise<unknown>;
}

/** By Prisma's number of the transaction. */
const lists = new Map<number, TrueList & { readonly sites: string[] }>();

function joinList(call: Running, [transaction]: readonly unknown[]): void {
  const { kind, id } = (transaction ?? {}) as { readonly kind?: string; readonly id?: number };
  if (kind !== 'batch' || id === undefined) return;
  const list = lists.get(id) ?? { id, sites: [] };
  lists.set(id, list);
  list.sites.push(call.site);
  call.list = list;
}

/** Prisma starts a query when somebody asks for its answer, so that is what happens where statements can see whose they are. */
function timedQuery(query: Query, call: Running, name: string): Query {
  let begun: number | null = null;
  const begin = <Answer extends PromiseLike<unknown>>(start: () => Answer): Answer => {
    const isFirst = begun === null;
    const from = performance.now();
    begun ??= from;
    const answer = running.run(call, start);
    const done = () => record({ kind: 'call', site: call.site, name, ms: performance.now() - from });
    if (isFirst) answer.then(done, done);
    return answer;
  };
  return new Proxy(query, {
    get: (target, key) => {
      const own: unknown = Reflect.get(target, key, target);
      if (typeof own !== 'function') return own;
      const bound = own.bind(target) as Method;
      if (key === 'then' || key === 'catch' || key === 'finally')
        return (...args: unknown[]) => begin(() => bound(...args) as PromiseLike<unknown>);
      if (key === 'requestTransaction')
        return (...args: unknown[]) => {
          joinList(call, args);
          return begin(() => bound(...args) as PromiseLike<unknown>);
        };
      return (...args: unknown[]) => {
        const next = bound(...args);
        const isQuery = typeof next === 'object' && next !== null && 'then' in next;
        return isQuery ? timedQuery(next as Query, call, name) : next;
      };
    },
  });
}
