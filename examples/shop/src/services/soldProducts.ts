import { prisma } from '../db.ts';

/** Slow: reads every line of every order, and drops the repeated products in memory (distinct-scan). */
export async function productsSold() {
  const items = await prisma.orderItem.findMany({ distinct: ['productId'], select: { productId: true } });
  return items.map(({ productId }) => productId).sort((a, b) => a - b);
}

/** The same list: the database groups. */
export async function productsOrdered() {
  const items = await prisma.orderItem.groupBy({ by: ['productId'], orderBy: { productId: 'asc' } });
  return items.map(({ productId }) => productId);
}
