/** Rows of each of the large tables. */
export const ROWS = 200_000;

const PARENTS = 20_000;

/** One of `count` ids, the low ones more often: the first tenth has some three tenths of the rows. */
const skewed = (count: number): string => `1 + floor(${count} * power(random(), 2))::int`;

/** Any moment of the last two years. */
const MOMENT = `timestamp '2026-06-01' - random() * interval '730 days'`;

const into = (table: string, columns: readonly string[], count: number, values: string): string =>
  `INSERT INTO "${table}" (${columns.map((name) => `"${name}"`).join(', ')}) SELECT ${values} FROM generate_series(1, ${count}) AS n`;

/** Fills the tables of the program, the same every time; foreign keys hold, so nobody need check them row by row. */
export const FILL: readonly string[] = [
  'SET session_replication_role = replica',
  'SELECT setseed(0.5)',
  into('Customer', ['email'], PARENTS, `'customer' || n || '@example.com'`),
  into('Category', ['id'], 500, 'n'),
  into('Product', ['name', 'categoryId'], PARENTS, `'product ' || n, ${skewed(500)}`),
  into('Session', ['token', 'expiresAt', 'customerId'], ROWS, `'token ' || n, ${MOMENT}, ${skewed(PARENTS)}`),
  into(
    'Order',
    ['shopId', 'status', 'createdAt', 'customerId'],
    ROWS,
    `${skewed(4000)}, (CASE WHEN random() < 0.7 THEN 'SHIPPED' WHEN random() < 0.7 THEN 'PAID' WHEN random() < 0.7 THEN 'OPEN' ELSE 'CANCELLED' END)::"OrderStatus", ${MOMENT}, ${skewed(PARENTS)}`,
  ),
  into(
    'OrderItem',
    ['quantity', 'orderId', 'productId'],
    ROWS,
    `1 + floor(5 * random())::int, 1 + floor(${ROWS} * random())::int, ${skewed(PARENTS - 10)}`,
  ),
  into(
    'Review',
    ['text', 'createdAt', 'productId', 'customerId'],
    ROWS,
    `repeat('words ', 20), ${MOMENT}, ${skewed(PARENTS - 10)}, ${skewed(PARENTS)}`,
  ),
  into(
    'messages',
    ['text', 'sent_at', 'sender_id', 'recipient_id'],
    ROWS,
    `repeat('words ', 20), ${MOMENT}, ${skewed(PARENTS)}, ${skewed(PARENTS)}`,
  ),
  into('AuditEntry', ['action', 'createdAt', 'actorId'], ROWS, `'action ' || n % 50, ${MOMENT}, ${skewed(2000)}`),
  'SET session_replication_role = DEFAULT',
  'VACUUM ANALYZE',
];
