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

/** Operations whose answer is rows, one or several. */
export const GIVES_ROWS = /^(find.*|create|update|upsert|delete)$/;

/** A query method by its name. */
export type Operation = keyof typeof OPERATIONS;

/** Whether a method is one of Prisma's own. */
export function isOperation(name: string): name is Operation {
  return Object.hasOwn(OPERATIONS, name);
}
