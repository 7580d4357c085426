import { prisma } from '../db.ts';

/** Slow: reads every packed order, with all its columns, for one number (count-by-length). */
export async function parcelsWaiting() {
  const packed = await prisma.order.findMany({ where: { status: 'PACKED' } });
  return { parcels: packed.length };
}

/** The same number, counted by the database. */
export async function parcelCount() {
  return { parcels: await prisma.order.count({ where: { status: 'PACKED' } }) };
}
