import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createAnalyzer } from '#analyzer/analyzer.ts';
import { defaultSettings } from '#analyzer/loadSettings.ts';
import { rawSql } from '#graph/rawSql/rawSql.ts';
import { textOfParts } from '#graph/rawSql/sqlPart.ts';
import { analyse } from '#test/support/analyse.ts';
import { editableWorkspace } from '#test/support/editableWorkspace.ts';

const MANIFEST = JSON.stringify({ dependencies: { knex: '3', pg: '8', mysql2: '3', 'better-sqlite3': '9' } });
const KNEX = `import knex from 'knex';\nexport const db = knex({ client: 'pg' });\n`;
const POOL = `import { Pool } from 'pg';\nexport const pool = new Pool();\n`;

interface Files {
  readonly [path: string]: string;
}

/** Texts of the queries, in source order of each file. */
async function queriesIn(files: Files, manifest = MANIFEST): Promise<readonly string[]> {
  const { graph } = await analyse({ 'package.json': manifest, ...files }, []);
  return graph.sites.map((site) => textOfParts(rawSql(graph, site)?.variants[0]?.parts ?? [], () => '?'));
}

function check(title: string, files: Files | string, expected: readonly string[]): void {
  it(title, async () => {
    const code = typeof files === 'string' ? { 'src/a.ts': files } : files;
    assert.deepEqual(await queriesIn(code), expected);
  });
}

/** A file that asks beside files that make clients. */
const withClients = (code: string): Files => ({ 'src/db.ts': KNEX, 'src/pool.ts': POOL, 'src/a.ts': code });

describe('a text handed to a driver is a query', () => {
  check('of pg, by a pool of another file', withClients(`import { pool } from './pool'; pool.query('SELECT 1');`), [
    'SELECT 1',
  ]);
  check(
    'of pg, as an object',
    `import pg from 'pg'; const c = new pg.Client(); c.query({ text: 'SELECT $1', values: [1] });`,
    ['SELECT $1'],
  );
  check(
    'of pg, by a client of its own',
    withClients(
      `import { pool } from './pool'; export async function f() { const client = await pool.connect(); return client.query('SELECT 2'); }`,
    ),
    ['SELECT 2'],
  );
  check(
    'of pg, by a client of a written type',
    `import type { PoolClient } from 'pg'; export const f = (client: PoolClient) => client.query('SELECT 3');`,
    ['SELECT 3'],
  );
  check(
    'of mysql2, with its values in their places',
    `import mysql from 'mysql2/promise'; const pool = mysql.createPool({}); export const f = (a) => pool.execute('SELECT a FROM t WHERE b = ?', [a]);`,
    ['SELECT a FROM t WHERE b = ?'],
  );
  check(
    'of better-sqlite3, where it is prepared',
    `import Database from 'better-sqlite3'; const db = new Database('a.db'); export const f = (id) => db.prepare('SELECT * FROM t WHERE id = ?').get(id);`,
    ['SELECT * FROM t WHERE id = ?'],
  );
  check(
    'of better-sqlite3, prepared once and run later',
    `import Database from 'better-sqlite3'; const db = new Database('a.db'); const one = db.prepare('SELECT 1'); export const f = () => one.all();`,
    ['SELECT 1'],
  );
  check('of Knex', withClients(`import { db } from './db'; export const f = (a) => db.raw('SELECT ?', [a]);`), [
    'SELECT ?',
  ]);
});

describe('a long text is read to its end', () => {
  const columns = Array.from({ length: 200 }, (_, at) => `column_${at}`).join(', ');
  check(
    'that is handed over',
    withClients(`import { pool } from './pool'; pool.query('SELECT ${columns} FROM t LIMIT 5');`),
    [`SELECT ${columns} FROM t LIMIT 5`],
  );
  check(
    'that a function hands on',
    withClients(
      `import { pool } from './pool'; const rows = (sql: string) => pool.query(sql); rows(\`SELECT ${columns} FROM t LIMIT \${5}\`);`,
    ),
    [`SELECT ${columns} FROM t LIMIT 5`],
  );
});

describe('what is built is one query', () => {
  check('however many steps it has', withClients(`import { db } from './db'; db('t').where('a', 1).limit(3);`), [
    'select * from "t" where "a" = ? limit ?',
  ]);
  check(
    'within a transaction',
    withClients(`import { db } from './db'; db.transaction(async (trx) => { await trx('t').insert({ a: 1 }); });`),
    ['insert into "t" ("a") values (?)'],
  );
  check(
    'whatever becomes of its rows',
    withClients(`import { db } from './db';
      export async function f() { const rows = await db('t').where('a', 1); return rows.map((row) => row.b).filter(Boolean); }
      export async function g() { return (await db('u').select('c')).length; }`),
    ['select * from "t" where "a" = ?', 'select "c" from "u"'],
  );
  check(
    'in whose parts SQL is written',
    withClients(
      `import { db } from './db'; const newest = db.raw('max(at) over ()'); export const f = () => db('t').select(newest);`,
    ),
    ['select max(at) over () from "t"'],
  );
  check(
    'with a query in it',
    withClients(`import { db } from './db'; db('t').whereIn('id', db('u').select('t_id'));`),
    ['select * from "t" where "id" in (/* select */)'],
  );
  check(
    'of a written type',
    `import type { Knex } from 'knex'; export class Rows { constructor(private db: Knex) {} all() { return this.db('t').select('a'); } }`,
    ['select "a" from "t"'],
  );
  check(
    'whose last steps only look at it',
    withClients(`import { db } from './db'; db('t').then((rows) => rows); db('t').toSQL();`),
    ['select * from "t"'],
  );
  check(
    'to which others may add',
    withClients(`import { db } from './db';
      export async function f(a) { const q = db('t').select('b'); if (a) q.where({ a }); return await q.limit(2); }
      export async function g(a) { let q = db('u'); if (a) q = q.where({ a }); return await q; }`),
    ['select "b" from "t" /* … */', 'select * from "u" /* … */'],
  );
  check(
    'that a function gives to be built further',
    withClients(`import { db } from './db'; const base = () => db('t'); export const f = () => base().limit(1);`),
    ['select * from "t" /* … */'],
  );
});

describe('the call of a function that hands its text on is the query', () => {
  const WRAPPER = `import mysql from 'mysql2/promise';
    const pool = mysql.createPool({});
    export class Database {
      async query(sql: string, values: unknown[] = []) { return this.timed(() => pool.execute(sql, values)); }
      async timed(run) { return run(); }
    }
    export const database = new Database();`;
  check(
    'once',
    {
      'src/db.ts': WRAPPER,
      'src/a.ts': `import { database } from './db'; database.query('SELECT 1 WHERE a = ?', [2]);`,
    },
    ['SELECT 1 WHERE a = ?'],
  );
  check(
    'and again',
    {
      'src/db.ts': WRAPPER,
      'src/rows.ts': `import { database } from './db'; export function rows(sql, values) { return database.query(sql, values); }`,
      'src/a.ts': `import { rows } from './rows'; rows('SELECT 2', []);`,
    },
    ['SELECT 2'],
  );
  it('as long as it does', async () => {
    const call = `import { database } from './db'; database.query('SELECT 1', []);`;
    const workspace = editableWorkspace({ 'package.json': MANIFEST, 'src/db.ts': WRAPPER, 'src/a.ts': call });
    const analyzer = createAnalyzer({ workspace, settings: defaultSettings([]), rules: [] });
    const count = async () => (await analyzer.snapshot()).graph.sites.length;
    assert.equal(await count(), 1);
    for (const [body, sites] of [
      ['console.log(sql)', 0],
      ['pool.execute(sql, values)', 1],
      [`pool.execute('SELECT 1 FROM ' + sql)`, 1],
    ] as const) {
      workspace.write('src/db.ts', WRAPPER.replace('pool.execute(sql, values)', body));
      analyzer.update(['src/db.ts']);
      assert.equal(await count(), sites, body);
    }
  });
});

describe('nothing else is a query', () => {
  check('a client that nobody knows', `export const f = (db) => [db.query('SELECT 1'), db('t').where('a', 1)];`, []);
  check(
    'methods of the same names',
    `import { search } from './search'; search.query('a'); new Map().get('a'); [1].values();`,
    [],
  );
  check(
    'what a client of Knex has besides',
    withClients(`import { db } from './db'; db.schema.createTable('t'); db.fn.now(); db.destroy();`),
    [],
  );
  it('where no manifest asks for a driver', async () => {
    const files = { 'src/a.ts': `import knex from 'knex'; const db = knex({}); db('t').where('a', 1);` };
    assert.deepEqual(await queriesIn(files, '{}'), []);
  });
});
