import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { graphOf, waysOf } from './support/project.ts';

function check(project: string, expected: readonly string[]): void {
  assert.deepEqual(waysOf(graphOf(project)), expected);
}

const DB = `
// @file: db.ts
import { PrismaClient } from '@prisma/client';
export const prisma = new PrismaClient();
`;

describe('wrappers and callbacks', () => {
  it('calls the function inside wrappers of packages and of the project', () =>
    check(
      `${DB}
// @file: a.ts
import { cache } from 'react';
import { prisma } from './db';
import { withAuth } from './auth';
const list = cache(async () => prisma.order.findMany());
export const GET = withAuth(async () => list());
export const page = () => GET();
// @file: auth.ts
export const withAuth = (handler) => async (request) => handler(request);`,
      ['a.ts page -> a.ts GET -> a.ts list -> query Order.findMany'],
    ));

  it('hands callbacks over', () =>
    check(
      `${DB}
// @file: a.ts
import { prisma } from './db';
import { retry } from './retry';
export const GET = () => retry(() => prisma.order.findMany());
// @file: retry.ts
export async function retry(run) { return run(); }`,
      ['a.ts GET ~> a.ts GET.retry#0 -> query Order.findMany'],
    ));

  it('calls what is bound', () =>
    check(
      `${DB}
// @file: a.ts
import { prisma } from './db';
class Orders { list() { return prisma.order.findMany(); } }
const orders = new Orders();
export const GET = () => { const list = orders.list.bind(orders); return list(); };`,
      ['a.ts GET -> a.ts Orders.list -> query Order.findMany'],
    ));

  it('knows array callbacks as loops, written in place and by name', () =>
    check(
      `${DB}
// @file: a.ts
import { prisma } from './db';
const load = (id) => prisma.order.findFirst({ where: { id } });
export const named = (ids) => Promise.all(ids.map(load));
export const inline = (ids) => Promise.all(ids.map((id) => prisma.user.findFirst({ where: { id } })));`,
      [
        'a.ts inline ~> (each) a.ts inline.map#0 -> query User.findFirst',
        'a.ts named ~> (each) a.ts load -> query Order.findFirst',
      ],
    ));

  it('knows helpers that call a callback per element, through another helper too', () =>
    check(
      `${DB}
// @file: a.ts
import { prisma } from './db';
import { mapAsync, each, once } from './list';
const load = (id) => prisma.order.findFirst({ where: { id } });
export const looped = (ids) => mapAsync(ids, load);
export const passedOn = (ids) => each(ids, (id) => load(id));
export const single = (id) => once(id, load);
// @file: list.ts
export async function mapAsync(items, run) {
  const results = [];
  for (const item of items) results.push(await run(item));
  return results;
}
export const each = (items, run) => mapAsync(items, run);
export const once = (item, run) => run(item);`,
      [
        'a.ts looped ~> (each) a.ts load -> query Order.findFirst',
        'a.ts passedOn ~> (each) a.ts passedOn.each#0 -> a.ts load -> query Order.findFirst',
        'a.ts single ~> a.ts load -> query Order.findFirst',
      ],
    ));

  it('calls functions handed over as props, but not once per rendered row', () =>
    check(
      `${DB}
// @file: page.tsx
import { Row } from './row';
import { remove } from './actions';
export default function Page({ rows }) { return <ul>{rows.map((row) => <Row onRemove={remove} row={row} />)}</ul>; }
// @file: row.tsx
'use client';
export function Row({ row, onRemove }) { return <button onClick={() => onRemove(row.id)}>x</button>; }
// @file: actions.ts
'use server';
import { prisma } from './db';
export async function remove(id) { await prisma.order.delete({ where: { id } }); }`,
      ['row.tsx Row.onClick -> actions.ts remove -> query Order.delete'],
    ));

  it('renders components', () =>
    check(
      `${DB}
// @file: page.tsx
import { Total } from './total';
export default function Page({ ids }) { return <main>{ids.map((id) => <Total key={id} id={id} />)}</main>; }
// @file: total.tsx
import { prisma } from './db';
export async function Total({ id }) { const total = await prisma.order.count({ where: { userId: id } }); return <b>{total}</b>; }`,
      ['page.tsx Page ~> (each) page.tsx Page.map#0 => total.tsx Total -> query Order.count'],
    ));

  it('calls server actions from client components', () =>
    check(
      `${DB}
// @file: form.tsx
'use client';
import { save } from './actions';
export function Form() { const submit = async () => { await save(1); }; return <form onSubmit={submit} />; }
// @file: actions.ts
'use server';
import { prisma } from './db';
export async function save(id) { return prisma.order.update({ where: { id }, data: {} }); }`,
      ['form.tsx Form.submit -> actions.ts save -> query Order.update'],
    ));
});
