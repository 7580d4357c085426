import { Hono } from 'hono';
import { cached } from '../cache.ts';
import { prisma } from '../db.ts';
import { bestsellers } from '../services/bestsellers.ts';

const PAGE = 24;

export const catalogue = new Hono();

// Cached: everybody gets the same answer, loaded once in five minutes.
catalogue.get('/categories', async (c) => {
  const categories = await cached('categories', 300, () =>
    prisma.category.findMany({ orderBy: { name: 'asc' }, take: 100 }),
  );
  return c.json(categories);
});

// Capped and cacheable: a page at a time, kept by browsers and proxies for a minute.
catalogue.get('/products', async (c) => {
  const after = Number(c.req.query('after') ?? 0);
  const products = await prisma.product.findMany({
    where: { id: { gt: after } },
    orderBy: { id: 'asc' },
    take: PAGE,
    select: { id: true, sku: true, name: true, cents: true },
  });
  c.header('Cache-Control', 'public, max-age=60');
  return c.json({ products, next: products.at(-1)?.id ?? null });
});

// Under findUnique a nested take reaches the database.
catalogue.get('/products/:sku', async (c) => {
  const product = await prisma.product.findUnique({
    where: { sku: c.req.param('sku') },
    include: { category: true, reviews: { orderBy: { createdAt: 'desc' }, take: 5 } },
  });
  if (product === null) return c.json({ error: 'No such product.' }, 404);
  c.header('Cache-Control', 'public, max-age=60');
  return c.json(product);
});

// Slow: the same for everybody, and counted anew for each visitor (uncached-route).
catalogue.get('/bestsellers', async (c) => {
  const products = await bestsellers(10);
  return c.json(products);
});
