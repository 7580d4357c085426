import { randomUUID } from 'node:crypto';
import { prisma } from '../db.ts';

export interface OrderLine {
  readonly sku: string;
  readonly quantity: number;
}

/** Writes the order and all its items with one nested create. */
export async function placeOrder(userId: number, lines: readonly OrderLine[]) {
  const products = await prisma.product.findMany({
    where: { sku: { in: lines.map(({ sku }) => sku) } },
    select: { id: true, sku: true, cents: true },
  });
  const bySku = new Map(products.map((product) => [product.sku, product]));
  const items = lines.flatMap(({ sku, quantity }) => {
    const product = bySku.get(sku);
    return product ? [{ productId: product.id, quantity, cents: product.cents * quantity }] : [];
  });
  return prisma.order.create({
    data: {
      number: randomUUID(),
      userId,
      cents: items.reduce((sum, { cents }) => sum + cents, 0),
      items: { create: items },
    },
    select: { number: true, cents: true },
  });
}
