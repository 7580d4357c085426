import { prisma } from '../db.ts';

/** Slow: reads every product to drop nearly all of them (in-memory-filter). */
export async function soldOut() {
  const products = await prisma.product.findMany({ orderBy: { id: 'asc' }, select: { sku: true, stock: true } });
  return { skus: products.filter((product) => product.stock === 0).map(({ sku }) => sku) };
}

/** The same list: the database is asked for it. */
export async function missingProducts() {
  const products = await prisma.product.findMany({
    where: { stock: 0 },
    orderBy: { id: 'asc' },
    take: 1000,
    select: { sku: true },
  });
  return { skus: products.map(({ sku }) => sku) };
}
