import { Hono } from 'hono';
import { streamText } from 'hono/streaming';
import { requireStaff, requireUser, type Signed } from '../auth.ts';
import { prisma } from '../db.ts';
import { customersByOrder, lastOrders } from '../services/lastOrders.ts';
import { countAfterConnecting, countOrders } from '../services/orderCount.ts';
import { ordersAsCsv } from '../services/orderExport.ts';
import { lateOrders, ordersToPack } from '../services/orders.ts';
import { parcelCount, parcelsWaiting } from '../services/parcels.ts';
import { ship, shipWhileWaiting } from '../services/shipping.ts';
import { productsOrdered, productsSold } from '../services/soldProducts.ts';

export const staffOrders = new Hono<Signed>();

staffOrders.use(requireUser, requireStaff);

// Slow: every order the shop ever had (unbounded-query).
staffOrders.get('/', async (c) => {
  const orders = await prisma.order.findMany({ orderBy: { id: 'desc' }, include: { items: true } });
  return c.json(orders);
});

// Capped: a page after the last one seen.
staffOrders.get('/page', async (c) => {
  const before = Number(c.req.query('before') ?? Number.MAX_SAFE_INTEGER);
  const orders = await prisma.order.findMany({ where: { id: { lt: before } }, orderBy: { id: 'desc' }, take: 50 });
  return c.json(orders);
});

// Slow: as many as somebody asks for (uncapped-take).
staffOrders.get('/latest', async (c) => {
  const count = Number(c.req.query('count') ?? 20);
  return c.json(await prisma.order.findMany({ orderBy: { id: 'desc' }, take: count }));
});

// The same with an end.
staffOrders.get('/newest', async (c) => {
  const count = Math.min(Number(c.req.query('count') ?? 20), 100);
  return c.json(await prisma.order.findMany({ orderBy: { id: 'desc' }, take: count }));
});

staffOrders.get('/customers', async (c) => c.json(await customersByOrder()));

staffOrders.get('/customers/last', async (c) => c.json(await lastOrders()));

staffOrders.get('/sold', async (c) => c.json(await productsSold()));

staffOrders.get('/ordered', async (c) => c.json(await productsOrdered()));

staffOrders.get('/late', async (c) => c.json(await lateOrders()));

staffOrders.get('/packing', async (c) => c.json(await ordersToPack()));

staffOrders.get('/parcels', async (c) => c.json(await parcelsWaiting()));

staffOrders.get('/parcels/count', async (c) => c.json(await parcelCount()));

staffOrders.get('/count', async (c) => c.json(await countOrders()));

staffOrders.get('/count/connecting', async (c) => c.json(await countAfterConnecting()));

staffOrders.post('/:number/ship', async (c) => c.json(await ship(c.req.param('number'))));

staffOrders.post('/:number/ship/waiting', async (c) => c.json(await shipWhileWaiting(c.req.param('number'))));

staffOrders.get('/export.csv', (c) =>
  streamText(c, async (stream) => {
    for await (const line of ordersAsCsv()) await stream.writeln(line);
  }),
);
