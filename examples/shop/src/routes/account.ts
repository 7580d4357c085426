import { Hono } from 'hono';
import { requireUser, type Signed } from '../auth.ts';
import { prisma } from '../db.ts';
import { type OrderLine, placeOrder } from '../services/checkout.ts';
import { ownReceipt, receipt } from '../services/receipts.ts';
import { wishedProducts } from '../services/wishes.ts';

export const account = new Hono<Signed>();

account.use(requireUser);

account.get('/', (c) => c.json(c.get('user')));

// The answer depends on who asks, so no cache would help; the count comes with each order, in the same query.
account.get('/orders', async (c) => {
  const orders = await prisma.order.findMany({
    where: { userId: c.get('user').id },
    orderBy: { createdAt: 'desc' },
    take: 20,
    select: { number: true, status: true, cents: true, createdAt: true, _count: { select: { items: true } } },
  });
  return c.json(orders);
});

account.get('/orders/:number', async (c) => {
  const order = await ownReceipt(c.get('user').id, c.req.param('number'));
  return order ? c.json(order) : c.json({ error: 'No such order.' }, 404);
});

account.get('/orders/:number/receipt', async (c) => {
  const order = await receipt(c.get('user').id, c.req.param('number'));
  return order ? c.json(order) : c.json({ error: 'No such order.' }, 404);
});

account.get('/wishes', async (c) => {
  const products = await wishedProducts(c.get('user').id);
  return c.json(products);
});

account.post('/orders', async (c) => {
  const { lines } = await c.req.json<{ lines: OrderLine[] }>();
  const order = await placeOrder(c.get('user').id, lines);
  return c.json(order, 201);
});
