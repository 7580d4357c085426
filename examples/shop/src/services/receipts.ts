import { prisma } from '../db.ts';

const orderBy = (number: string) =>
  prisma.order.findUnique({ where: { number }, select: { number: true, cents: true, createdAt: true, userId: true } });

async function isOwn(userId: number, number: string) {
  const order = await orderBy(number);
  return order?.userId === userId;
}

/** Slow: the check finds the order and throws it away, so it is asked for again (repeated-query). */
export async function receipt(userId: number, number: string) {
  if (!(await isOwn(userId, number))) return null;
  return orderBy(number);
}

/** The same with the check on what was found. */
export async function ownReceipt(userId: number, number: string) {
  const order = await orderBy(number);
  return order?.userId === userId ? order : null;
}
