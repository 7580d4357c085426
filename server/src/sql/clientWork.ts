import { isObject } from '#shared/jsonObject.ts';

/** What the client does to rows after it has read them. */
export interface ClientWork {
  /** Of the relation at this path; empty for the rows of the model itself. */
  readonly path: string;
  readonly by: readonly ('distinct' | 'cursor' | 'skip' | 'take')[];
}

/** The places of a plan where rows are left out in memory, outermost first. */
export function clientWork(plan: unknown): readonly ClientWork[] {
  return workIn(plan, '');
}

/** The name of a relation's rows in a plan. */
const NESTED = '@nested$';

function workIn(node: unknown, path: string): readonly ClientWork[] {
  if (Array.isArray(node)) return node.flatMap((each) => workIn(each, path));
  if (!isObject(node)) return [];
  const { type, args, parentField, child, operations } = node;
  if (type === 'templateSql') return [];
  if (typeof parentField === 'string' && parentField.startsWith(NESTED))
    return workIn(child, join(path, parentField.slice(NESTED.length)));
  const own = type === 'process' && isObject(args) ? workOf(args.operations, path) : [];
  const rest = Object.entries(node).filter(([key]) => key !== 'structure' && !(key === 'operations' && operations));
  return [...own, ...rest.flatMap(([, each]) => workIn(each, path))];
}

function workOf(operations: unknown, path: string): readonly ClientWork[] {
  if (!isObject(operations)) return [];
  const { distinct, pagination, nested } = operations;
  const cut = isObject(pagination)
    ? (['cursor', 'skip', 'take'] as const).filter((key) => pagination[key] !== null)
    : [];
  const by = [...(distinct === null ? [] : (['distinct'] as const)), ...cut];
  const inner = isObject(nested) ? Object.entries(nested) : [];
  return [...(by.length > 0 ? [{ path, by }] : []), ...inner.flatMap(([name, each]) => workOf(each, join(path, name)))];
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
