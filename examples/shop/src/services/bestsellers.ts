import { prisma } from '../db.ts';

/** The products sold most, by pieces: two queries, whatever the count. */
export async function bestsellers(count: number) {
  const sold = await prisma.orderItem.groupBy({
    by: ['productId'],
    _sum: { quantity: true },
    orderBy: { _sum: { quantity: 'desc' } },
    take: count,
  });
  const products = await prisma.product.findMany({
    where: { id: { in: sold.map(({ productId }) => productId) } },
    select: { id: true, sku: true, name: true, cents: true },
  });
  const byId = new Map(products.map((product) => [product.id, product]));
  return sold.map(({ productId, _sum }) => ({ product: byId.get(productId), pieces: _sum.quantity ?? 0 }));
}
