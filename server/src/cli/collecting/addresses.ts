import { Failure } from '#analyzer/failure.ts';
import { postgresAt } from '#sql/plan/postgresServers.ts';

/** Whether somebody named an address rather than a file. */
export function isAddress(name: string): boolean {
  return isPage(name) || isPostgres(name);
}

export function isPage(name: string): boolean {
  return /^https?:\/\//i.test(name);
}

export function isPostgres(name: string): boolean {
  return /^postgres(?:ql)?:\/\//i.test(name);
}

/** An address without its user, its password and what follows the path: what may be printed. */
export function shownAddress(address: string): string {
  if (!URL.canParse(address)) return address.replace(/\/\/[^/]*@/, '//').replace(/[?#].*$/s, '');
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}

/** In milliseconds: a page of metrics, or a connection, that takes longer will not come. */
const PATIENCE_MS = 10_000;
const MOST_PAGE_BYTES = 64 * 1024 * 1024;

/** The text at an address; a {@link Failure} without secrets where there is none. */
export async function pageAt(address: string): Promise<string> {
  try {
    const { url, headers } = withoutUser(address);
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!answer.ok) throw new Error(`it answers ${answer.status}`);
    return await bounded(answer);
  } catch (error) {
    throw unreachable(address, error);
  }
}

function withoutUser(address: string) {
  const url = new URL(address);
  const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  [url.username, url.password] = ['', ''];
  const accept = 'application/openmetrics-text;q=0.9,text/plain;q=0.8,*/*;q=0.1';
  const authorization = `Basic ${Buffer.from(user).toString('base64')}`;
  return { url, headers: { accept, ...(user !== ':' && { authorization }) } };
}

async function bounded({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > MOST_PAGE_BYTES) throw new Error('it is larger than 64 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const ROWS = `SELECT s.* FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
  WHERE d.datname = current_database() AND s.calls > 0`;

/**
 * The rows of pg_stat_statements for one database as JSON, one a line, read in a session that can write nothing. Each says when it was read, for two readings
 * that are alike are two.
 */
export async function statementsAt(address: string): Promise<string> {
  try {
    const server = await postgresAt(address);
    if ('kind' in server) throw new Error(`this needs a package that is not installed: npm install ${server.install}`);
    const connection = await server.connect(null);
    try {
      await connection.query(`SET default_transaction_read_only = on; SET statement_timeout = ${PATIENCE_MS}`);
      const { rows } = await within(connection.query(ROWS));
      const read_at = new Date().toISOString();
      return rows.map((row) => `${JSON.stringify({ read_at, ...row })}\n`).join('');
    } finally {
      connection.end().catch(() => undefined);
    }
  } catch (error) {
    throw unreachable(address, error);
  }
}

async function within<Value>(promise: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

const ADVICE: Readonly<Record<string, string>> = {
  '42P01': 'pg_stat_statements is not there: run CREATE EXTENSION pg_stat_statements in this database',
  '55000': 'pg_stat_statements is not loaded: add it to shared_preload_libraries and restart the server',
  '28P01': 'the user or the password is wrong',
  '3D000': 'there is no such database',
  '42501': 'the user may not read pg_stat_statements: GRANT pg_read_all_stats',
};

/** What a person can do about it. No part of the message may be the password. */
function unreachable(address: string, error: unknown): Failure {
  const { code, message } = reasonOf(error);
  const secrets = URL.canParse(address) ? secretsIn(new URL(address)) : [];
  const said = secrets.reduce((text, secret) => text.replaceAll(secret, '…'), message);
  return new Failure(`${shownAddress(address)} cannot be read: ${ADVICE[code] ?? said}`);
}

function secretsIn({ password, search }: URL): readonly string[] {
  return [password, decodeURIComponent(password), search].filter((secret) => secret !== '');
}

/** Node tells of several addresses tried, and `fetch` what went wrong below it. */
function reasonOf(error: unknown): { readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED') return { code, message: 'nothing listens there' };
  if (code === 'ENOTFOUND') return { code, message: 'its name is not known' };
  if (error.name === 'TimeoutError') return { code, message: `no answer within ${PATIENCE_MS / 1000} s` };
  return inner instanceof Error ? reasonOf(inner) : { code, message: error.message };
}
