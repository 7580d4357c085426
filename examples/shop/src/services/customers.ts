import { prisma } from '../db.ts';

/** Slow: loads settings, notes and all reviews of each customer and uses the name (over-fetching). */
export async function customerNames() {
  const customers = await prisma.user.findMany({
    orderBy: { id: 'asc' },
    take: 100,
    include: { reviews: true },
  });
  return customers.map((customer) => ({ id: customer.id, name: customer.name }));
}

/** The same list with the columns it needs. */
export async function mailingList() {
  const customers = await prisma.user.findMany({
    orderBy: { id: 'asc' },
    take: 100,
    select: { name: true, email: true },
  });
  return customers.map(({ name, email }) => `${name} <${email}>`);
}
