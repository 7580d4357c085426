const SCHEMA = `datasource db {
  provider = "postgresql"
}

enum OrderStatus {
  OPEN
  PAID
  SHIPPED
  CANCELLED
}

model Customer {
  id       Int       @id @default(autoincrement())
  email    String    @unique
  orders   Order[]
  reviews  Review[]
  sessions Session[]
}

model Session {
  id         Int      @id @default(autoincrement())
  token      String
  expiresAt  DateTime
  customerId Int
  customer   Customer @relation(fields: [customerId], references: [id], onDelete: Cascade)
}

model Product {
  id         Int         @id @default(autoincrement())
  name       String
  categoryId Int
  category   Category    @relation(fields: [categoryId], references: [id])
  items      OrderItem[]
  reviews    Review[]
}

model Category {
  id       Int       @id @default(autoincrement())
  products Product[]
}

model Order {
  id         Int         @id @default(autoincrement())
  shopId     Int
  status     OrderStatus
  createdAt  DateTime    @default(now())
  customerId Int
  customer   Customer    @relation(fields: [customerId], references: [id])
  items      OrderItem[]
}

model OrderItem {
  id        Int     @id @default(autoincrement())
  quantity  Int
  orderId   Int
  order     Order   @relation(fields: [orderId], references: [id])
  productId Int
  product   Product @relation(fields: [productId], references: [id])
}

model Review {
  id         Int      @id @default(autoincrement())
  text       String
  createdAt  DateTime @default(now())
  productId  Int
  product    Product  @relation(fields: [productId], references: [id])
  customerId Int
  customer   Customer @relation(fields: [customerId], references: [id])
}

model Message {
  id          Int      @id @default(autoincrement())
  text        String
  sentAt      DateTime @default(now()) @map("sent_at")
  senderId    Int      @map("sender_id")
  recipientId Int      @map("recipient_id")

  @@map("messages")
}

model AuditEntry {
  id        Int      @id @default(autoincrement())
  action    String
  createdAt DateTime @default(now())
  actorId   Int

  @@index([actorId])
}
`;

const CODE = `import express from 'express';
import { prisma } from './db';

const app = express();
app.post('/orders', async (req, res) => res.json(await prisma.order.create({ data: req.body })));
app.post('/items', async (req, res) => res.json(await prisma.orderItem.create({ data: req.body })));
app.post('/reviews', async (req, res) => res.json(await prisma.review.create({ data: req.body })));
app.post('/messages', async (req, res) => res.json(await prisma.message.create({ data: req.body })));
app.post('/entries', async (req, res) => res.json(await prisma.auditEntry.create({ data: req.body })));
app.post('/sessions', async (req, res) => res.json(await prisma.session.create({ data: req.body })));
app.post('/products', async (req, res) => res.json(await prisma.product.create({ data: req.body })));

app.get('/session/:token', async (req, res) => res.json(await session(req.params.token)));
app.get('/recent/:id', async (req, res) => res.json(await ordersSince(Number(req.params.id), new Date(req.body.since))));
app.get('/shop/:id', async (req, res) => res.json(await ordersOfShop(Number(req.params.id))));
app.get('/shop/:id/open', async (req, res) => res.json(await openOrders(Number(req.params.id))));
app.get('/product/:id', async (req, res) => res.json(await productPage(Number(req.params.id))));
app.get('/order/:id/products', async (req, res) => res.json(await productsOfOrder(Number(req.params.id))));
app.get('/category/:id/unreviewed', async (req, res) => res.json(await unreviewed(Number(req.params.id))));
app.get('/messages/:id', async (req, res) => res.json(await messagesOf(Number(req.params.id))));
app.get('/entries', async (req, res) => res.json(await latestEntries()));
app.get('/entries/:id', async (req, res) => res.json(await entriesOf(Number(req.params.id))));
app.delete('/product/:id', async (req, res) => res.json(await removeProduct(Number(req.params.id))));

export const session = (token: string) => prisma.session.findFirst({ where: { token } });

export const ordersSince = (customerId: number, since: Date) =>
  prisma.order.findMany({ where: { customerId, createdAt: { gte: since } } });

export const ordersOfShop = (shopId: number) => prisma.order.findMany({ where: { shopId } });

export const openOrders = (shopId: number) =>
  prisma.order.findMany({ where: { status: 'OPEN', shopId }, orderBy: { createdAt: 'desc' }, take: 20 });

export const productPage = (id: number) =>
  prisma.product.findUnique({ where: { id }, include: { reviews: { orderBy: { createdAt: 'desc' } } } });

export const productsOfOrder = (orderId: number) =>
  prisma.product.findMany({ where: { items: { some: { orderId } } } });

export const unreviewed = (categoryId: number) =>
  prisma.product.findMany({ where: { categoryId, reviews: { none: {} } } });

export const messagesOf = (id: number) =>
  prisma.message.findMany({ where: { OR: [{ senderId: id }, { recipientId: id }] } });

export const latestEntries = () => prisma.auditEntry.findMany({ orderBy: { createdAt: 'desc' }, take: 50 });

export const entriesOf = (actorId: number) =>
  prisma.auditEntry.findMany({ where: { actorId }, orderBy: { createdAt: 'desc' }, take: 50 });

export const removeProduct = (id: number) => prisma.product.delete({ where: { id } });
`;

/** A program on PostgreSQL that lacks an index for every kind of lookup, with migrations that made its tables. */
export const PROGRAM = {
  'prisma/schema.prisma': SCHEMA,
  'prisma/migrations/20260101000000_init/migration.sql': 'CREATE TABLE "Category" ("id" SERIAL PRIMARY KEY);\n',
  'src/db.ts': `import { PrismaClient } from '@prisma/client';\n\nexport const prisma = new PrismaClient();\n`,
  'src/app.ts': CODE,
};

/** By the function that asks: of each of its statements the parameters as SQL writes them; of a customer, shop and so on that has an ordinary number of rows. */
export const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  session: ["'token 199000', 1, 0"],
  ordersSince: ["1234, '2026-01-01', 0"],
  ordersOfShop: ['1234, 0'],
  openOrders: ["'OPEN', 1234, 20, 0"],
  productPage: ['1234, 1, 0', '1234, 0'],
  productsOfOrder: ['1234, 0'],
  unreviewed: ['123, 0'],
  messagesOf: ['1234, 1234, 0'],
  latestEntries: ['50, 0'],
  entriesOf: ['123, 50, 0'],
  removeProduct: ['19999'],
};
