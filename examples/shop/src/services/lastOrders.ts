import { prisma } from '../db.ts';

/** Slow: reads every order of fifty customers to show the last one of each (nested-take). */
export async function customersByOrder() {
  const users = await prisma.user.findMany({
    orderBy: { id: 'asc' },
    take: 50,
    select: { name: true, orders: { orderBy: { id: 'desc' }, take: 1, select: { number: true } } },
  });
  return users.map(({ name, orders }) => ({ name, number: orders[0]?.number ?? null }));
}

/** The same list: the database finds the last order of each, then those are read. */
export async function lastOrders() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 50, select: { id: true, name: true } });
  const newest = await prisma.order.groupBy({
    by: ['userId'],
    where: { userId: { in: users.map(({ id }) => id) } },
    _max: { id: true },
  });
  const orders = await prisma.order.findMany({
    where: { id: { in: newest.flatMap(({ _max }) => _max.id ?? []) } },
    select: { userId: true, number: true },
  });
  const byUser = new Map(orders.map(({ userId, number }) => [userId, number]));
  return users.map(({ id, name }) => ({ name, number: byUser.get(id) ?? null }));
}
