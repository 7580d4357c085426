import { prisma } from '../db.ts';
import { reserved } from './reservations.ts';

/** Slow: the query hides in `reserved`, the loop is here (n-plus-one through a call). */
export async function stockReport() {
  const products = await prisma.product.findMany({
    orderBy: { id: 'asc' },
    take: 50,
    select: { id: true, sku: true, stock: true },
  });
  return Promise.all(products.map(async ({ id, sku, stock }) => ({ sku, free: stock - (await reserved(id)) })));
}

/** The same with one grouped query for all products. */
export async function stockSummary() {
  const products = await prisma.product.findMany({
    orderBy: { id: 'asc' },
    take: 50,
    select: { id: true, sku: true, stock: true },
  });
  const sums = await prisma.orderItem.groupBy({
    by: ['productId'],
    where: { productId: { in: products.map(({ id }) => id) } },
    _sum: { quantity: true },
  });
  const byProduct = new Map(sums.map(({ productId, _sum }) => [productId, _sum.quantity ?? 0]));
  return products.map(({ id, sku, stock }) => ({ sku, free: stock - (byProduct.get(id) ?? 0) }));
}
