import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { isBatchable } from '#graph/batching.ts';
import { graphOf } from '#test/graph/support/project.ts';
import { librarySchema, libraryTables } from './library/libraryTables.ts';
import { execute } from './support/databases/database.ts';
import { openSqlite } from './support/databases/sqlite.ts';
import { type Client, type Delegate, openLiveClient } from './support/liveClient.ts';

// The table of docs/batching.md: five calls, and how many statements a real client makes of them.

const schema = librarySchema('sqlite');
const database = openSqlite();
await execute(database, libraryTables('sqlite'));
const live = openLiveClient(schema, database);
after(() => live.close());

const IDS = [1, 2, 3, 1, 2];
type Call = (args: object) => PromiseLike<unknown>;
type Lookup = PromiseLike<unknown> & { readonly books: Call };

const author = (client: Client) => client.author as Delegate;
const find = (client: Client, operation: string, args: object): Lookup => {
  const call = author(client)[operation];
  assert.ok(call);
  return call(args) as Lookup;
};
const one = (client: Client, id: number, more: object = {}) => find(client, 'findUnique', { where: { id }, ...more });
const each = (run: (id: number, index: number) => unknown) => Promise.all(IDS.map(run));

type Task = (client: Client) => Promise<unknown>;

const PATTERNS: Readonly<Record<string, readonly [statements: number, task: Task]>> = {
  'started in one tick': [1, (client) => each((id) => one(client, id))],
  'that throw': [1, (client) => each((id) => find(client, 'findUniqueOrThrow', { where: { id } }))],
  settled: [1, (client) => Promise.allSettled(IDS.map((id) => one(client, id)))],
  'in async callbacks': [1, (client) => each(async (id) => await one(client, id))],
  'all behind the same wait': [1, (client) => each((id) => Promise.resolve().then(() => one(client, id)))],
  'with a relation': [2, (client) => each((id) => one(client, id, { include: { books: true } }))],
  'with two selections': [
    2,
    (client) => each((id, at) => one(client, id, { select: at % 2 ? { id: true } : { name: true } })),
  ],
  fluent: [2, (client) => each((id) => one(client, id).books({}))],
  'fluent with arguments': [2, (client) => each((id) => one(client, id).books({ where: { published: true } }))],
  'in an array transaction': [1, (client) => client.$transaction(IDS.map((id) => one(client, id)))],
  'in one tick of an interactive transaction': [
    1,
    (client) => client.$transaction((own) => each((id) => one(own, id))),
  ],
  'one after the other': [5, (client) => inTurn((id) => one(client, id))],
  'made first and awaited one by one: a call starts when it is awaited': [
    5,
    (client) => awaitedInTurn(IDS.map((id) => one(client, id))),
  ],
  'each behind a wait of its own': [5, (client) => each((id, at) => setTimeout(at * 5).then(() => one(client, id)))],
  'of other operations': [5, (client) => each((id) => find(client, 'findFirst', { where: { id } }))],
  'of lists': [5, (client) => each((id) => find(client, 'findMany', { where: { id } }))],
  'of counts': [5, (client) => each((id) => find(client, 'count', { where: { id } }))],
};

async function inTurn(run: (id: number) => PromiseLike<unknown>): Promise<void> {
  for (const id of IDS) await run(id);
}

async function awaitedInTurn(calls: readonly PromiseLike<unknown>[]): Promise<void> {
  for (const call of calls) await call;
}

describe('lookups', () => {
  for (const [name, [statements, task]] of Object.entries(PATTERNS)) {
    test(`${name}: ${statements}`, async () => {
      const sent = await live.run(task);
      assert.equal(sent.error, null);
      assert.equal(sent.statements.length, statements, sent.statements.join('\n'));
    });
  }
});

/** Filters beside the id, as they are written. */
const FILTERS: Readonly<Record<string, object>> = {
  '': {},
  "name: 'x'": { name: 'x' },
  "name: { equals: 'x' }": { name: { equals: 'x' } },
  'name: null': { name: null },
  'name: undefined': { name: undefined },
  'AND: undefined': { AND: undefined },
  "name: { contains: 'x' }": { name: { contains: 'x' } },
  "name: { not: 'x' }": { name: { not: 'x' } },
  'createdAt: { gt: new Date(0) }': { createdAt: { gt: new Date(0) } },
  "role: { in: ['READER'] }": { role: { in: ['READER'] } },
  "mentor: { name: 'x' }": { mentor: { name: 'x' } },
  'books: { some: {} }': { books: { some: {} } },
  "AND: { name: 'x' }": { AND: { name: 'x' } },
  "OR: [{ name: 'x' }]": { OR: [{ name: 'x' }] },
  "NOT: { name: 'x' }": { NOT: { name: 'x' } },
};

describe('what is said of a filter is what the client does', () => {
  for (const [text, filter] of Object.entries(FILTERS)) {
    test(text || 'none', async () => {
      const { statements } = await live.run((client) =>
        each((id) => find(client, 'findUnique', { where: { id, ...filter } })),
      );
      assert.ok(statements.length === 1 || statements.length === IDS.length);
      assert.equal(isJoined(text), statements.length === 1);
    });
  }
});

test('in Prisma 4 those that throw are not joined', () => {
  const of = (version: string) => isJoined('', 'findUniqueOrThrow', version);
  assert.deepEqual([of('^4.16.0'), of('^5.0.0'), of('^7.4.0')], [false, true, true]);
});

function isJoined(filter: string, operation = 'findUnique', version = '^7.0.0'): boolean {
  const manifest = JSON.stringify({ dependencies: { '@prisma/client': version } });
  const graph = graphOf(`
// @file: package.json
${manifest}
// @file: prisma/schema.prisma
${schema}
// @file: db.ts
import { PrismaClient } from '@prisma/client';
export const prisma = new PrismaClient();
// @file: a.ts
import { prisma } from './db';
export const one = (id: number) => prisma.author.${operation}({ where: { id, ${filter} } });
`);
  const [site] = graph.sites;
  assert.ok(site);
  return isBatchable(graph, site);
}
