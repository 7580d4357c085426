import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { querylensComments, withQuerylens } from '@querylens/probe';
import { databaseFile } from '../databaseFile.ts';
import { prisma } from '../db.ts';
import { PrismaClient } from '../generated/prisma/client.ts';

/** Slow: connects anew for each request (client-per-request). */
export async function countAfterConnecting() {
  const adapter = new PrismaBetterSqlite3({ url: `file:${databaseFile}` });
  const own = withQuerylens(new PrismaClient({ adapter, comments: [querylensComments()] }));
  try {
    return { orders: await own.order.count() };
  } finally {
    await own.$disconnect();
  }
}

/** The same with the client that is there. */
export async function countOrders() {
  return { orders: await prisma.order.count() };
}
