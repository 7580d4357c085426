import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileView } from '#analyzer/fileViews.ts';
import type { EntryPointView, FileView, SiteView } from '#shared/siteView.ts';
import { analyse } from '#test/support/analyse.ts';
import { DEFAULT_SCHEMA } from '#test/support/defaultSchema.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';

const HEAD = "import express from 'express';\nimport { prisma } from './db';\nconst app = express();\n";

async function viewOf(body: string, more: Readonly<Record<string, string>> = {}): Promise<FileView> {
  const files = { 'package.json': '{}', 'prisma/schema.prisma': DEFAULT_SCHEMA, 'src/a.ts': HEAD + body, ...more };
  return fileView(await analyse(files), memoryWorkspace(files), 'src/a.ts');
}

describe('fileView of a query', () => {
  const check = async (body: string, expected: Partial<SiteView>): Promise<void> => {
    const [site] = (await viewOf(body)).sites;
    assert.ok(site);
    const keys = Object.keys(expected) as (keyof SiteView)[];
    assert.deepEqual(Object.fromEntries(keys.map((key) => [key, site[key]])), expected);
  };

  test('what it is and where', () =>
    check('export const all = () => prisma.user.findMany({ take: 5 });', {
      ...{ model: 'User', operation: 'findMany', line: 4, column: 26, endLine: 4, endColumn: 46 },
      ...{ relations: [], transaction: null, runs: '1' },
    }));
  test('relations read along', () =>
    check(
      'export const one = () => prisma.order.findFirst({ include: { user: true, items: { include: { product: true } } } });',
      {
        relations: ['user', 'items', 'items.product'],
      },
    ));
  test('fields read and not read', () =>
    check(
      'export async function names() {\n  const tags = await prisma.tag.findMany({ take: 9 });\n  return tags.map((tag) => tag.name.trim());\n}',
      { usage: { read: ['name'], unread: ['id'] } },
    ));
  test('a result that leaves what can be followed', () =>
    check('app.get("/tags", async (req, res) => res.json(await prisma.tag.findMany({ take: 9 })));', {
      usage: { read: null, unread: null },
    }));
  test('a write says nothing of what it gives back unread', () =>
    check(
      'export async function add() {\n  const tag = await prisma.tag.create({ data: { name: "" } });\n  return tag.id + 1;\n}',
      {
        usage: { read: ['id'], unread: null },
      },
    ));
  test('fields it looks up by, with the index', async () => {
    const [site] = (await viewOf('export const of = (userId: number) => prisma.order.findMany({ where: { userId } });'))
      .sites;
    assert.deepEqual(site?.lookup, ['userId']);
    assert.deepEqual(
      site?.servedBy.map(({ fields, kind, at }) => [fields, kind, at?.file]),
      [[['userId'], 'index', 'prisma/schema.prisma']],
    );
  });
  test('no index', () =>
    check('export const of = (note: string) => prisma.order.findMany({ where: { note } });', {
      ...{ lookup: ['note'], servedBy: [] },
    }));
  test('an order counts where only its first rows are wanted', () =>
    check('export const first = () => prisma.order.findMany({ orderBy: { note: "asc" } });', { lookup: [] }));
  test('a filter that is not understood is left open', () =>
    check('export const by = (where: object) => prisma.order.findMany({ where });', { lookup: [], servedBy: [] }));
  test('runs once per element', () =>
    check(
      'export async function f(ids: number[]) {\n  for (const id of ids) await prisma.user.findFirst({ where: { id } });\n}',
      {
        runs: 'N',
      },
    ));
  test('runs in a loop of a loop', () =>
    check(
      'export async function f(lists: number[][]) {\n  for (const ids of lists) {\n    await Promise.all(ids.map((id) => prisma.user.findFirst({ where: { id } })));\n  }\n}',
      { runs: 'N·M' },
    ));
  test('runs a number of times that is written down', () =>
    check(
      'export async function f() {\n  for (const id of [1, 2, 3]) await prisma.user.findFirst({ where: { id } });\n}',
      {
        runs: '3',
      },
    ));
  test('what Prisma batches runs once', () =>
    check(
      'export const f = (ids: number[]) => Promise.all(ids.map((id) => prisma.user.findUnique({ where: { id } })));',
      {
        runs: '1',
      },
    ));
  test('transactions', () =>
    check('export const f = () => prisma.$transaction((tx) => tx.user.count());', { transaction: 'interactive' }));
  test('findings that stand at it or point to it', async () => {
    const view = await viewOf(
      "import { one } from './b';\nexport async function f(ids: number[]) {\n  for (const id of ids) await one(id);\n}\nexport const of = (note: string) => prisma.order.findMany({ where: { note }, take: 3 });",
      {
        'src/b.ts':
          "import { prisma } from './db';\nexport const one = (id: number) => prisma.user.findFirst({ where: { id } });",
      },
    );
    const [site] = view.sites;
    assert.deepEqual(
      site?.findings.map(({ rule, file }) => `${rule} ${file}`),
      ['missing-index prisma/schema.prisma'],
    );
  });
});

describe('fileView of an entry point', () => {
  const check = async (
    body: string,
    expected: Partial<EntryPointView>,
    rules: readonly string[] = [],
  ): Promise<void> => {
    const [entry] = (await viewOf(body)).entryPoints;
    assert.ok(entry);
    const keys = Object.keys(expected) as (keyof EntryPointView)[];
    assert.deepEqual(Object.fromEntries(keys.map((key) => [key, entry[key]])), expected);
    assert.deepEqual(entry.findings.map(({ rule }) => rule).sort(), rules);
  };
  const route = (body: string): string => `app.post('/x', async (req, res) => {\n${body}\n});`;
  const LOOP =
    'for (const user of users) await prisma.post.findFirst({ where: { authorId: user.id }, orderBy: { id: "asc" } });';

  test('a query and one per row', () =>
    check(
      route(
        `const users = await prisma.user.findMany({ where: { role: req.user.role }, take: 20 });\n${LOOP}\nres.end();`,
      ),
      { name: 'POST /x', queries: '1 + N', line: 4 },
      ['missing-index', 'n-plus-one', 'over-fetching'],
    ));
  test('a helper called twice counts twice', () =>
    check(`${route('await f(); await f();')}\nconst f = () => prisma.user.count();`, { queries: '2' }, [
      'repeated-query',
    ]));
  test('a condition makes it a bound', () =>
    check(route('await prisma.user.count(); if (req.query.x) await prisma.tag.count();'), { queries: 'up to 2' }));
  test('a bound far from any request is none', () =>
    check(route(Array.from({ length: 13 }, (_, at) => `if (req.query.x${at}) await prisma.tag.count();`).join(' ')), {
      queries: null,
    }));
  test('no query', () =>
    check(`${route('res.end();')}\nexport const f = () => prisma.tag.count();`, { queries: null }));
  test('recursion cannot be counted', () =>
    check(
      `${route('await walk(1);')}\nasync function walk(id: number) {\n  const tag = await prisma.tag.findFirst({ where: { id } });\n  if (tag) await walk(tag.id);\n}`,
      { queries: null },
      ['n-plus-one'],
    ));
  test('a callback that a helper runs counts once', () =>
    check(
      `${route('res.json(await timed(() => prisma.tag.count()));')}\nasync function timed<T>(run: () => Promise<T>) {\n  return await run();\n}`,
      { queries: '1' },
    ));
  test('what another caller repeats is not its own', () =>
    check(
      `${route('await one(1);')}\nconst one = (id: number) => prisma.user.findFirst({ where: { id } });\nexport async function f(ids: number[]) {\n  for (const id of ids) await one(id);\n}`,
      { queries: '1' },
    ));
});
