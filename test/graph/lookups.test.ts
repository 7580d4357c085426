import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Lookup, lookupsOf } from '#graph/lookups/lookups.ts';
import type { Filter } from '#graph/lookups/whereFilter.ts';
import { graphOf } from './support/project.ts';

/**
 * The lookups of the last query of `a.ts`, one line each: `Order userId=`, `?` for what may be missing, `~` behind an open filter,
 * `<fk` for the key rows are found by, `^field` for the order, `[n]` where only the first rows are wanted.
 */
function check(code: string, expected: readonly string[]): void {
  const graph = graphOf(`
// @file: db.ts
import { PrismaClient } from '@prisma/client';
export const prisma = new PrismaClient();
// @file: a.ts
import { prisma } from './db';
${code}`);
  const site = graph.sites.findLast(({ file }) => file === 'a.ts');
  assert.ok(site);
  assert.deepEqual(lookupsOf(graph, site).map(lineOf), expected);
}

function lineOf({ model, key, filter, sort, limited }: Lookup): string {
  const parts = [
    model.name,
    ...(key ? [`<${key.fields.join()}`] : []),
    ...partsOf(filter),
    ...sort.keys.map(({ field }) => `^${field}`),
    ...(sort.plain ? [] : ['^?']),
    ...(limited ? ['[n]'] : []),
  ];
  return parts.join(' ');
}

const SIGNS = {
  equal: '=',
  in: ' in',
  null: '=null',
  range: '<>',
  prefix: '%',
  search: '*',
  exclude: '!',
  unknown: '?=',
};

function partsOf({ conditions, either, related, open }: Filter): readonly string[] {
  return [
    ...conditions.map(({ field, comparison, optional }) => `${field}${SIGNS[comparison]}${optional ? '?' : ''}`),
    ...either.map((branches) => `(${branches.map((branch) => partsOf(branch).join(' ')).join(' | ')})`),
    ...related.map(
      ({ relation, quantifier, filter }) => `${quantifier} ${relation.name}{${partsOf(filter).join(' ')}}`,
    ),
    ...(open ? ['~'] : []),
  ];
}

describe('the filter of a lookup', () => {
  it('tells operators apart', () =>
    check(
      `prisma.order.findMany({ where: { number: { in: list }, total: { gt: 1, lte: 9 }, note: { contains: 'x' }, status: { not: 'PAID' }, userId: 3, createdAt: { gte: day } } });`,
      ['Order number in total<> note* status! userId= createdAt<>'],
    ));
  it('takes a search in any case, JSON and lists for what no plain index holds', () =>
    check(
      `prisma.user.findMany({ where: { name: { equals: n, mode: 'insensitive' }, settings: { path: ['a'], equals: 1 } } });`,
      ['User name* settings*'],
    ));
  it('marks what may be missing', () =>
    check(
      `export const f = (a, b) => prisma.order.findMany({ where: { userId: a || undefined, ...(b && { number: b }), note: a ?? null } });`,
      ['Order userId=? number=? note='],
    ));
  it('follows constants, writes and compound keys', () =>
    check(
      `export function f(open) { const where: any = { userId: 1 }; if (open) where.status = 'PENDING'; where.number = open; return prisma.order.findMany({ where }); }`,
      ['Order status=? number= userId='],
    ));
  it('follows what functions return', () =>
    check(
      `import { mine } from './b'; prisma.order.findMany({ where: { status: 'PAID', ...mine(4) } });
// @file: b.ts
export const mine = (id) => ({ userId: id, OR: [{ note: null }, { note: 'x' }] });`,
      ['Order status= userId= (note=null | note=)'],
    ));
  it('follows what callers hand in', () =>
    check(
      `const list = (where) => prisma.order.findMany({ where });
export const one = () => list({ userId: 1 });
export const two = () => list({ number: 'a' });`,
      ['Order userId=', 'Order number='],
    ));
  it('is one of several where whole objects are chosen', () =>
    check(
      `export const f = (a) => prisma.order.findMany({ where: { note: 'x', ...(a ? { userId: a } : { number: 'b' }) } });`,
      ['Order note= userId=', 'Order note= number='],
    ));
  it('joins AND, keeps OR and relation filters', () =>
    check(
      `prisma.post.findMany({ where: { AND: [{ title: 'a' }, { views: 1 }], OR: [{ authorId: 1 }, { content: { contains: 'x' } }], author: { email: 'e' }, comments: { some: { text: 't' } } } });`,
      ['Post title= views= (authorId= | content*) is author{email=} some comments{text=}'],
    ));
  it('is open where a part is not understood', () =>
    check(`export const f = (rest) => prisma.order.findMany({ where: { userId: 1, ...rest } });`, ['Order userId= ~']));
});

describe('the order of a lookup', () => {
  it('is read from objects, lists and nested sorts', () =>
    check(
      `prisma.order.findMany({ orderBy: [{ createdAt: 'desc' }, { total: { sort: 'asc', nulls: 'last' } }], take: 5 });`,
      ['Order ^createdAt ^total [n]'],
    ));
  it('is not plain where it is chosen at run time or belongs to a relation', () => {
    check(`export const f = (by) => prisma.order.findMany({ orderBy: { [by]: 'asc' }, take: 5 });`, ['Order ^? [n]']);
    check(`prisma.order.findMany({ orderBy: { user: { name: 'asc' } } });`, ['Order ^?']);
  });
  it('is not plain behind a cursor where it goes by several columns', () => {
    const page = `cursor: { id: 1 }, take: 5`;
    check(`prisma.order.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'asc' }], ${page} });`, [
      'Order ^createdAt ^id ^? [n]',
    ]);
    check(`prisma.order.findMany({ orderBy: { createdAt: 'desc' }, ${page} });`, ['Order ^createdAt [n]']);
  });
  it('is limited by findFirst', () =>
    check(`prisma.order.findFirst({ orderBy: { createdAt: 'desc' } });`, ['Order ^createdAt [n]']));
});

describe('further lookups', () => {
  it('are the children of includes, selects and counts', () =>
    check(
      `prisma.user.findUnique({ where: { id: 1 }, include: { orders: { where: { status: 'PAID' }, take: 3, include: { items: true } }, profile: true, country: true, _count: { select: { posts: true } } } });`,
      ['User id=', 'Order <userId status= [n]', 'OrderItem <orderId', 'Profile <userId', 'Post <authorId'],
    ));
  it('are made by a count only where one row is asked for by what the children point at', () => {
    check(`prisma.user.findMany({ include: { _count: { select: { posts: true } } } });`, ['User']);
    check(`prisma.user.findUnique({ where: { email: 'a' }, include: { _count: { select: { posts: true } } } });`, [
      'User email=',
    ]);
    check(`prisma.user.findMany({ orderBy: { posts: { _count: 'desc' } } });`, ['User ^?']);
  });
  it('do not stop early below a list, where Prisma cuts children itself', () =>
    check(`prisma.user.findMany({ select: { orders: { take: 3, orderBy: { createdAt: 'desc' } } } });`, [
      'User',
      'Order <userId ^createdAt',
    ]));
  it('are made by nested writes that look for rows', () =>
    check(`prisma.user.update({ where: { id: 1 }, data: { posts: { deleteMany: {} }, orders: { create: [] } } });`, [
      'User id=',
      'Post <authorId',
    ]));
  it('are made by a deletion, for every key that points at the row', () =>
    check(`prisma.order.delete({ where: { id: 1 } });`, ['Order id=', 'OrderItem <orderId']));
  it('are made by fluent steps', () =>
    check(`prisma.user.findUnique({ where: { id: 1 } }).orders();`, ['User id=', 'Order <userId']));
  it('are only the children where rows are created', () =>
    check(`prisma.user.create({ data: {}, include: { posts: true } });`, ['Post <authorId']));
});
