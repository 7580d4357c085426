/** Arguments of a call as JavaScript would hold them, with stand-ins for what only the run knows. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Stand for `Prisma.DbNull`, `Prisma.JsonNull` and `Prisma.AnyNull`, until the client's own are loaded. */
export const JSON_NULLS = {
  DbNull: Symbol('DbNull'),
  JsonNull: Symbol('JsonNull'),
  AnyNull: Symbol('AnyNull'),
} as const;

const AGGREGATIONS: ReadonlySet<string> = new Set(['_avg', '_count', '_sum', '_min', '_max']);

/** What the client makes of the arguments of `count`, `aggregate` and `groupBy` before it asks its engine. */
export function engineArguments(operation: string, args: Arguments): Arguments {
  if (operation === 'count') return aggregated(countArguments(args));
  if (operation === 'aggregate') return aggregated(args);
  return operation === 'groupBy' ? grouped(args) : args;
}

function countArguments({ select, ...rest }: Arguments): Arguments {
  return { ...rest, _count: typeof select === 'object' ? select : { _all: true } };
}

function aggregated(args: Arguments): Arguments & { readonly select: Readonly<Record<string, unknown>> } {
  const select: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(args)) {
    if (!AGGREGATIONS.has(key)) rest[key] = value;
    else select[key] = { select: key === '_count' && typeof value === 'boolean' ? { _all: value } : value };
  }
  return { ...rest, select };
}

function grouped(args: Arguments): Arguments {
  const { select, ...rest } = aggregated(args);
  const by = [args.by].flat().filter((field) => typeof field === 'string');
  return { ...rest, select: { ...select, ...Object.fromEntries(by.map((field) => [field, true])) } };
}
