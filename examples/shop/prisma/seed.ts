import { prisma } from '../src/db.ts';

const CATEGORIES = ['Books', 'Games', 'Garden', 'Kitchen', 'Lamps', 'Music', 'Tools', 'Toys'];
const STATUSES = ['OPEN', 'PACKED', 'SHIPPED', 'CANCELLED'] as const;
const [USERS, PRODUCTS, ORDERS, REVIEWS] = [300, 400, 1500, 2000];
const NEW_YEAR = Date.UTC(2025, 0, 1);
const HOUR = 60 * 60 * 1000;

/** Fills an empty database with the same rows each time: some 9,000 of them. */
export async function seed() {
  const below = numbers(7);
  const moment = () => new Date(NEW_YEAR + below(4000) * HOUR);
  await prisma.category.createMany({ data: CATEGORIES.map((name) => ({ name })) });
  await prisma.user.createMany({
    data: range(USERS).map((n) => ({
      email: `user${n}@example.org`,
      name: `User ${n}`,
      token: `token-${n}`,
      staff: n === 1,
      notes: n % 3 === 0 ? 'Likes to be called in the morning.' : null,
      settings: { theme: n % 2 === 0 ? 'dark' : 'light', columns: ['name', 'price'] },
    })),
  });
  await prisma.product.createMany({
    data: range(PRODUCTS).map((n) => ({
      sku: `SKU-${String(n).padStart(4, '0')}`,
      name: `Product ${n}`,
      description: `Product ${n} is made to last. `.repeat(20),
      cents: 100 + below(20_000),
      stock: 100 + below(400),
      categoryId: 1 + below(CATEGORIES.length),
      createdAt: moment(),
    })),
  });
  const items = range(ORDERS).flatMap((orderId) =>
    range(1 + below(5)).map(() => ({
      orderId,
      productId: 1 + below(PRODUCTS),
      quantity: 1 + below(3),
      cents: 100 + below(20_000),
    })),
  );
  const totals = Map.groupBy(items, ({ orderId }) => orderId);
  await prisma.order.createMany({
    data: range(ORDERS).map((n) => ({
      id: n,
      number: `2025-${String(n).padStart(5, '0')}`,
      status: STATUSES[below(STATUSES.length)] ?? 'OPEN',
      cents: (totals.get(n) ?? []).reduce((sum, { cents }) => sum + cents, 0),
      createdAt: moment(),
      userId: 1 + below(USERS),
    })),
  });
  await prisma.orderItem.createMany({ data: items });
  await prisma.review.createMany({
    data: range(REVIEWS).map((n) => ({
      stars: 1 + below(5),
      text: `Review ${n}: does what it should.`,
      createdAt: moment(),
      productId: 1 + below(PRODUCTS),
      userId: 1 + below(USERS),
    })),
  });
  await prisma.wish.createMany({
    data: range(USERS).flatMap((userId) =>
      range(3).map((n) => ({ userId, sku: `SKU-${String(userId + n).padStart(4, '0')}` })),
    ),
  });
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** A fixed sequence of pseudo-random integers, each below the asked limit. */
function numbers(start: number): (limit: number) => number {
  let state = start;
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * limit);
  };
}

if (import.meta.main) await seed();
