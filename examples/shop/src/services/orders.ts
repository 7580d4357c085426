import { prisma } from '../db.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Slow: asks for each order's customer in turn (n-plus-one), and nothing serves the filter and the order (missing-index). */
export async function lateOrders() {
  const orders = await prisma.order.findMany({
    where: { status: 'OPEN', createdAt: { lt: new Date(Date.now() - 3 * DAY) } },
    orderBy: { createdAt: 'asc' },
    take: 100,
    select: { number: true, createdAt: true, userId: true },
  });
  const late = [];
  for (const order of orders) {
    const customer = await prisma.user.findUniqueOrThrow({
      where: { id: order.userId },
      select: { name: true, email: true },
    });
    late.push({ number: order.number, since: order.createdAt, customer });
  }
  return late;
}

/** The same with two queries: the customers of all orders by one `in` list, then a map. */
export async function ordersToPack() {
  const orders = await prisma.order.findMany({
    where: { status: 'OPEN' },
    orderBy: { createdAt: 'asc' },
    take: 100,
    select: { number: true, createdAt: true, userId: true },
  });
  const customers = await prisma.user.findMany({
    where: { id: { in: orders.map(({ userId }) => userId) } },
    select: { id: true, name: true, email: true },
  });
  const byId = new Map(customers.map((customer) => [customer.id, customer]));
  return orders.map(({ number, createdAt, userId }) => ({ number, since: createdAt, customer: byId.get(userId) }));
}
