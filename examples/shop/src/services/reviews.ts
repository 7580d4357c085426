import { prisma } from '../db.ts';

/** Slow: loads each author with all columns, and each product with its long description, for a name (over-fetching). */
export async function latestReviews() {
  const reviews = await prisma.review.findMany({
    orderBy: { id: 'desc' },
    take: 50,
    include: { user: true, product: true },
  });
  return reviews.map((review) => ({ product: review.product.name, stars: review.stars, text: review.text }));
}

/** The same list with the columns it needs. */
export async function reviewDigest() {
  const reviews = await prisma.review.findMany({
    orderBy: { id: 'desc' },
    take: 50,
    select: { stars: true, text: true, product: { select: { name: true } } },
  });
  return reviews.map(({ product, stars, text }) => ({ product: product.name, stars, text }));
}
