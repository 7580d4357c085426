/** Every query method of Prisma's client, with what it does to the database. */
export const OPERATIONS = {
  findUnique: 'read',
  findUniqueOrThrow: 'read',
  findFirst: 'read',
  findFirstOrThrow: 'read',
  findMany: 'read',
  count: 'read',
  aggregate: 'read',
  groupBy: 'read',
  create: 'write',
  createMany: 'write',
  createManyAndReturn: 'write',
  update: 'write',
  updateMany: 'write',
  updateManyAndReturn: 'write',
  upsert: 'write',
  delete: 'write',
  deleteMany: 'write',
  $queryRaw: 'raw',
  $queryRawUnsafe: 'raw',
  $queryRawTyped: 'raw',
  $executeRaw: 'raw',
  $executeRawUnsafe: 'raw',
} as const satisfies Record<string, 'read' | 'write' | 'raw'>;

/** What is sent without Prisma: something that asks, and something that changes. */
export const DRIVER_OPERATIONS = { query: 'raw', execute: 'raw' } as const;

/** Operations whose answer is rows, one or several. */
export const GIVES_ROWS = /^(find.*|create|update|upsert|delete)$/;

/** A query method of Prisma by its name. */
export type PrismaOperation = keyof typeof OPERATIONS;

/** What a query is called: a method of Prisma's client, or what a driver is asked to do. */
export type Operation = PrismaOperation | keyof typeof DRIVER_OPERATIONS;

/** Whether a method is one of Prisma's own. */
export function isOperation(name: string): name is PrismaOperation {
  return Object.hasOwn(OPERATIONS, name);
}

/** Whether an operation sends SQL that changes something and answers no rows. */
export function isExecute(operation: string): boolean {
  return /^\$?execute/.test(operation);
}
