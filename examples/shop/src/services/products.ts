import { prisma } from '../db.ts';

export interface PriceChange {
  readonly sku: string;
  readonly cents: number;
}

export interface NewProduct extends PriceChange {
  readonly name: string;
  readonly description: string;
  readonly categoryId: number;
}

/** Slow: a round trip for each price (write-in-loop). */
export async function changePrices(changes: readonly PriceChange[]) {
  for (const { sku, cents } of changes) {
    await prisma.product.update({ where: { sku }, data: { cents } });
  }
}

/** A statement for every hundred products, not for every one. */
export async function importProducts(products: readonly NewProduct[]) {
  let added = 0;
  for (let start = 0; start < products.length; start += 100) {
    const chunk = products.slice(start, start + 100);
    const { count } = await prisma.product.createMany({ data: chunk.map((product) => ({ ...product, stock: 0 })) });
    added += count;
  }
  return added;
}
