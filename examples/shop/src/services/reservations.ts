import { prisma } from '../db.ts';

/** Pieces of a product that are promised to customers. */
export async function reserved(productId: number) {
  const { _sum } = await prisma.orderItem.aggregate({ where: { productId }, _sum: { quantity: true } });
  return _sum.quantity ?? 0;
}
