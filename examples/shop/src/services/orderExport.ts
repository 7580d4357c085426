import { prisma } from '../db.ts';

const PAGE = 500;

/** All orders as CSV, read page by page with a cursor, so that memory stays flat: every row is needed and none is loaded twice. */
export async function* ordersAsCsv() {
  yield 'number,status,cents';
  let cursor = 0;
  while (true) {
    const page = await prisma.order.findMany({
      where: { id: { gt: cursor } },
      orderBy: { id: 'asc' },
      take: PAGE,
      select: { id: true, number: true, status: true, cents: true },
    });
    for (const { number, status, cents } of page) yield `${number},${status},${cents}`;
    const last = page.at(-1);
    if (last === undefined) return;
    cursor = last.id;
  }
}
