import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scanImports } from '#graph/modules/importScan.ts';
import { createFileSelector } from '#graph/modules/selectFiles.ts';
import { loadSchemas } from '#schema/loadSchemas.ts';
import { extractFacts } from '#syntax/extractFacts.ts';
import { projectFiles, splitParts } from '#test/support/exampleParts.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';

/** The files of each round. */
function check(text: string, rounds: readonly (readonly string[])[]): void {
  const files = projectFiles(splitParts(text, 'a.ts'));
  const workspace = memoryWorkspace(files);
  const selection = finished(createFileSelector(workspace).select(loadSchemas(workspace).schemas));
  const found: (readonly string[])[] = [];
  finished(
    selection.parsed(
      (path) => extractFacts(path, files[path] ?? ''),
      (round) => found.push(round),
    ),
  );
  assert.deepEqual(found, rounds);
}

function finished<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const ORDER = `
// @file: db.ts
import { PrismaClient } from '@prisma/client';
export const prisma = new PrismaClient();
// @file: order.ts
import { prisma } from './db';
export const list = () => prisma.order.findMany();
export const label = (order) => order.number;
`;

describe('files to parse', () => {
  it('are those with queries, then who imports what leads to one, step by step', () =>
    check(
      `${ORDER}
// @file: service.ts
import { list } from './order';
export const all = () => list();
// @file: route.ts
import { all } from './service';
export const GET = () => all();
// @file: labels.ts
import { label } from './order';
export const labels = (orders) => orders.map(label);
// @file: types.ts
import type { list } from './order';
export type List = typeof list;
// @file: unrelated.ts
export const one = 1;`,
      [['db.ts', 'order.ts'], ['service.ts'], ['route.ts']],
    ));

  it('go through barrels', () =>
    check(
      `${ORDER}
// @file: index.ts
export * from './order';
// @file: route.ts
import { list } from './index';
export const GET = () => list();
// @file: other.ts
import { label } from './index';
export const x = label;`,
      [['db.ts', 'order.ts'], ['index.ts'], ['route.ts', 'other.ts'].sort()],
    ));

  it('end at client components, which only call actions', () =>
    check(
      `${ORDER}
// @file: button.tsx
'use client';
import { list } from './order';
export const Button = () => <button onClick={() => list()} />;
// @file: page.tsx
import { Button } from './button';
export default () => <Button />;`,
      [['db.ts', 'order.ts'], ['button.tsx']],
    ));

  it('include what a query is made of and who gets its result or its callback', () =>
    check(
      `
// @file: a.ts
import { prisma } from './db';
import { pageSize, where } from './constants';
import { mapAsync } from './list';
import { format } from './format';
import { log } from './log';
import { Base } from './base';
export class Orders extends Base {
  async run(ids) {
    log('start');
    const orders = await prisma.order.findMany({ where, take: pageSize });
    await mapAsync(ids, (id) => prisma.order.count({ where: { id } }));
    return format(orders);
  }
}
// @file: db.ts
export { prisma } from './client';
// @file: client.ts
import { PrismaClient } from '@prisma/client';
export const prisma = new PrismaClient();
// @file: constants.ts
export const pageSize = 10;
export const where = {};
// @file: list.ts
export const mapAsync = async (items, run) => Promise.all(items.map(run));
// @file: format.ts
export const format = (orders) => orders;
// @file: log.ts
export const log = (text) => text;
// @file: base.ts
export class Base {}`,
      [
        ['a.ts', 'client.ts'],
        ['base.ts', 'constants.ts', 'db.ts', 'format.ts', 'list.ts'],
      ],
    ));

  it('include what transactions wait for, and what that waits for, but nothing that is only started', () =>
    check(
      `
// @file: order.ts
import { charge } from './billing';
import { log } from './log';
import { label } from './label';
import { later } from './later';
export const place = () =>
  prisma.$transaction(async (tx) => {
    await tx.order.create({ data: {} });
    await Promise.all([charge(1), later(label())]);
    void log();
  });
export const outside = () => later();
// @file: billing.ts
import { stripe } from './stripe';
import { unused } from './unused';
export async function charge(amount) {
  return stripe.charges.create({ amount });
}
export const other = () => unused();
// @file: stripe.ts
import Stripe from 'stripe';
export const stripe = new Stripe('');
// @file: later.ts
export const later = async (name) => name;
// @file: log.ts
export const log = () => 1;
// @file: label.ts
export const label = () => '';
// @file: unused.ts
export const unused = () => 1;`,
      [['order.ts'], ['billing.ts', 'later.ts'], ['stripe.ts']],
    ));

  it('include who asks Redis for its keys, with the client, and modules that provide one', () =>
    check(
      `
// @file: cache.ts
import { redis } from './redis';
export const forget = async () => redis.del(...(await redis.keys('orders:*')));
// @file: redis.ts
import { Redis } from 'ioredis';
export const redis = new Redis();
// @file: names.ts
export const names = (redis) => Object.keys(redis);
// @file: orders.module.ts
@Module({ providers: [PrismaService] })
export class OrdersModule {}`,
      [['cache.ts', 'orders.module.ts'], ['redis.ts']],
    ));

  it('leave out tests, fixtures and generated clients', () =>
    check(
      `${ORDER}
// @file: order.test.ts
import { prisma } from './db';
prisma.order.findMany();
// @file: generated/client.ts
export const x = () => prisma.order.findMany();`,
      [['db.ts', 'order.ts']],
    ));

  it('include ambiguous method names only on a delegate', () =>
    check(
      `
// @file: map.ts
const seen = new Map(); seen.delete(1); [1].count(); element.update();
// @file: delegate.ts
export const remove = ({ order }) => order
  .delete({ where: {} });
// @file: long.ts
export const data = '${'A'.repeat(300_000)}'; seen.delete(1);`,
      [['delegate.ts']],
    ));
});

describe('imports of a text', () => {
  const checkImports = (text: string, expected: readonly string[]) =>
    assert.deepEqual(
      scanImports(text).map(({ specifier, names }) => `${specifier}: ${names?.join(' ') ?? '*'}`),
      expected,
    );

  it('give specifiers with names', () =>
    checkImports(
      `import a from './a';\nimport b, { c, d as e, type F } from "./b";\nimport * as g from './g';\nexport { h as i } from './h';\nexport * from './j';`,
      ['./a: default', './b: default c d', './g: *', './h: h', './j: *'],
    ));
  it('leave out types', () =>
    checkImports(`import type { A } from './a';\nimport { type B } from './b';\nexport type { C } from './c';`, []));
  it('see require, import() and clauses over several lines', () =>
    checkImports(
      `const a = require('./a');\nconst b = () => import("./b");\nimport {\n  c, // from elsewhere\n  d,\n} from './c';`,
      ['./a: *', './b: *', './c: c d'],
    ));
  it('ignore the word from in other places', () =>
    checkImports(`const from = 'a'; select('x').from('orders'); const text = "taken from 'b'";`, []));
});
