import { prisma } from '../db.ts';

/** Prisma gathers equal findUnique calls of one tick into one query, so this is no N+1. */
export async function wishedProducts(userId: number) {
  const wishes = await prisma.wish.findMany({ where: { userId }, select: { sku: true }, take: 100 });
  const products = await Promise.all(
    wishes.map(({ sku }) =>
      prisma.product.findUnique({ where: { sku }, select: { sku: true, name: true, cents: true } }),
    ),
  );
  return products.filter((product) => product !== null);
}
