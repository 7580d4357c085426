/** What a call on the client of a driver does, by the way from the package to the called thing. */
export type ClientCall =
  /** Sends the text it is handed, values beside it. */
  | { readonly kind: 'send' }
  /** Sends the text that `prepare` was handed. */
  | { readonly kind: 'sendPrepared' }
  /** A step of a query that is built: the first of them, which may be the client itself called with a table, or one on what another step gives. */
  | { readonly kind: 'build'; readonly first: boolean; readonly table: boolean };

/** The way to a client, as the package's own documentation makes one or names its type; `()` is a call or `new`. */
const CLIENTS: Readonly<Record<string, RegExp>> = {
  knex: /^(?:(?:default|knex|default\.knex)\.\(\)|\(\)|Knex(?:\.Knex)?(?:\.Transaction)?)(?:\.transaction\.\(\))*/,
  pg: /^(?:default\.)?(?:PoolClient|Pool|Client)(?:\.\(\))?(?:\.connect\.\(\))?/,
  mysql2:
    /^(?:default\.)?(?:createPool|createConnection|PoolConnection|Pool|Connection)(?:\.\(\))?(?:\.(?:promise|getConnection)\.\(\))*/,
  'better-sqlite3': /^(?:(?:default|Database)\.\(\)|\(\)|default\.Database|Database)/,
};

/** Methods that are handed SQL as a text. */
const SENDING: Readonly<Record<string, ReadonlySet<string>>> = {
  knex: new Set(['raw']),
  pg: new Set(['query']),
  mysql2: new Set(['query', 'execute']),
  'better-sqlite3': new Set(['exec']),
};

const PREPARED = /^prepare\.\(\)\.(?:(?:pluck|raw|expand|bind|safeIntegers)\.\(\)\.)*(?:all|get|run|iterate)$/;

/** What a called member of a package does; null where it sends nothing. */
export function clientCall(name: string, path: readonly string[]): ClientCall | null {
  const way = path.join('.');
  const client = CLIENTS[name]?.exec(way)?.[0];
  if (client === undefined) return null;
  const rest = way.slice(client.length).replace(/^\./, '');
  if (way.length > client.length && way[client.length] !== '.') return null;
  if (SENDING[name]?.has(rest)) return { kind: 'send' };
  if (name === 'better-sqlite3') return PREPARED.test(rest) ? { kind: 'sendPrepared' } : null;
  return name === 'knex' ? builderCall(rest) : null;
}

/** Members of a Knex client that begin no query, and types beside that of a client, such as `Knex.QueryBuilder`. */
const NO_QUERY =
  /^(?:raw|schema|fn|ref|client|migrate|seed|destroy|initialize|on|transaction\w*|context|batchInsert|userParams|with[A-Z]\w*|[A-Z]\w*)(?:\.|$)/;

function builderCall(rest: string): ClientCall | null {
  return NO_QUERY.test(rest) || rest.endsWith('()')
    ? null
    : { kind: 'build', first: !rest.includes('()'), table: rest === '' };
}
