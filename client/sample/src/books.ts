import { prisma } from './db.js';

/** Every title there is: all rows, and of each row all columns. */
export async function titles(): Promise<string[]> {
  const books = await prisma.book.findMany({ orderBy: { id: 'asc' } });
  return books.map((book) => book.title);
}

/** The right way, for comparison: one page, two columns. */
export function shelf(after: number) {
  return prisma.book.findMany({
    where: { id: { gt: after } },
    orderBy: { id: 'asc' },
    take: 20,
    select: { id: true, title: true },
  });
}
