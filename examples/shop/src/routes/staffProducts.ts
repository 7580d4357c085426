import { Hono } from 'hono';
import { requireStaff, requireUser, type Signed } from '../auth.ts';
import { changePrices, importProducts, type NewProduct, type PriceChange } from '../services/products.ts';
import { latestReviews, reviewDigest } from '../services/reviews.ts';
import { missingProducts, soldOut } from '../services/soldOut.ts';
import { stockReport, stockSummary } from '../services/stock.ts';

export const staffProducts = new Hono<Signed>();

staffProducts.use(requireUser, requireStaff);

staffProducts.get('/stock', async (c) => c.json(await stockReport()));

staffProducts.get('/stock/summary', async (c) => c.json(await stockSummary()));

staffProducts.get('/stock/sold-out', async (c) => c.json(await soldOut()));

staffProducts.get('/stock/missing', async (c) => c.json(await missingProducts()));

staffProducts.get('/reviews', async (c) => c.json(await latestReviews()));

staffProducts.get('/reviews/digest', async (c) => c.json(await reviewDigest()));

staffProducts.post('/prices', async (c) => {
  const changes = await c.req.json<PriceChange[]>();
  await changePrices(changes);
  return c.json({ changed: changes.length });
});

staffProducts.post('/products', async (c) => {
  const products = await c.req.json<NewProduct[]>();
  const added = await importProducts(products);
  return c.json({ added }, 201);
});
