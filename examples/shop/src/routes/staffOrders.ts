import { Hono } from 'hono';
import { streamText } from 'hono/streaming';
import { requireStaff, requireUser, type Signed } from '../auth.ts';
import { prisma } from '../db.ts';
import { ordersAsCsv } from '../services/orderExport.ts';
import { lateOrders, ordersToPack } from '../services/orders.ts';
import { parcelCount, parcelsWaiting } from '../services/parcels.ts';

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

staffOrders.get('/late', async (c) => c.json(await lateOrders()));

staffOrders.get('/packing', async (c) => c.json(await ordersToPack()));

staffOrders.get('/parcels', async (c) => c.json(await parcelsWaiting()));

staffOrders.get('/parcels/count', async (c) => c.json(await parcelCount()));

staffOrders.get('/export.csv', (c) =>
  streamText(c, async (stream) => {
    for await (const line of ordersAsCsv()) await stream.writeln(line);
  }),
);
