import type { Value } from '#syntax/values.ts';
import { type Demand, demandOf } from './conditions.ts';
import { nameOf, namesOf, quotedName } from './names.ts';
import { bound, joined, literalOf, notKnown, type Pen, type Sql, text } from './writing.ts';

/** A statement while its steps are read; Knex puts the parts in order, whatever the order of the steps. */
export interface Statement {
  kind: 'select' | 'insert' | 'update' | 'delete';
  table: Sql | null;
  distinct: boolean;
  readonly columns: Sql[];
  readonly joins: Sql[];
  readonly where: Demand[];
  readonly group: Sql[];
  readonly order: Sql[];
  limit: Sql | null;
  offset: Sql | null;
  /** What is written: the row or rows of an `insert`, the changes of an `update`. */
  data: Sql | null;
  /** Behind everything else: `returning`, `for update`, and what is not understood. */
  readonly tail: Sql[];
}

export function newStatement(): Statement {
  const lists = { columns: [], joins: [], where: [], group: [], order: [], tail: [] };
  return { kind: 'select', table: null, distinct: false, limit: null, offset: null, data: null, ...lists };
}

/** Takes one step into a statement; one that is not understood leaves something not known in it. */
export function takeStep(statement: Statement, pen: Pen): void {
  const step = pen.call.callee.path.at(-1) ?? '';
  const demand = demandOf(pen);
  if (demand) statement.where.push(demand);
  else if (JOIN.test(step)) statement.joins.push(join(pen, step));
  else if (Object.hasOwn(AGGREGATES, step)) statement.columns.push(aggregate(pen, AGGREGATES[step] ?? ''));
  else (STEPS[step] ?? (NOTHING.has(step) ? () => undefined : leftOpen))(statement, pen);
}

type Step = (statement: Statement, pen: Pen) => void;

const NOTHING: ReadonlySet<string> = new Set([
  'transacting',
  'timeout',
  'debug',
  'clone',
  'queryContext',
  'columnInfo',
]);

function leftOpen({ tail }: Statement, pen: Pen): void {
  tail.push([text(pen, ' '), notKnown(pen, undefined)]);
}

const fromTable: Step = (statement, pen) => {
  const [table] = pen.call.arguments;
  statement.table = table ? nameOf(pen, table) : [notKnown(pen, table)];
};
const columns: Step = (statement, pen) => {
  statement.columns.push(...namesOf(pen, pen.call.arguments));
};
const erase: Step = (statement) => {
  statement.kind = 'delete';
};

const STEPS: Readonly<Record<string, Step>> = {
  from: fromTable,
  into: fromTable,
  table: fromTable,
  select: columns,
  column: columns,
  columns,
  pluck: columns,
  distinct: (statement, pen) => {
    statement.distinct = true;
    columns(statement, pen);
  },
  first: (statement, pen) => {
    columns(statement, pen);
    statement.limit = [bound(pen, { kind: 'literal', value: 1, span: pen.call.nameSpan })];
  },
  limit: (statement, pen) => {
    statement.limit = pen.call.arguments.slice(0, 1).map((value) => bound(pen, value));
  },
  offset: (statement, pen) => {
    statement.offset = pen.call.arguments.slice(0, 1).map((value) => bound(pen, value));
  },
  orderBy: (statement, pen) => {
    statement.order.push(...orders(pen));
  },
  orderByRaw: (statement, pen) => {
    statement.order.push(rawArgument(pen));
  },
  groupBy: (statement, pen) => {
    statement.group.push(...namesOf(pen, pen.call.arguments));
  },
  insert: (statement, pen) => {
    statement.kind = 'insert';
    statement.data = inserted(pen);
  },
  update: (statement, pen) => {
    statement.kind = 'update';
    statement.data = changes(pen);
  },
  del: erase,
  delete: erase,
  increment: (statement, pen) => stepped(statement, pen, '+'),
  decrement: (statement, pen) => stepped(statement, pen, '-'),
  returning: ({ tail }, pen) => {
    tail.push([text(pen, ' returning '), ...joined(pen, namesOf(pen, pen.call.arguments), ', ')]);
  },
  forUpdate: ({ tail }, pen) => {
    tail.push([text(pen, ' for update')]);
  },
};

const JOIN = /^(?:(?:inner|left|right|fullOuter|leftOuter|rightOuter|cross)?[jJ]oin)$/;

const JOINS: Readonly<Record<string, string>> = {
  leftJoin: 'left join',
  rightJoin: 'right join',
  fullOuterJoin: 'full outer join',
  leftOuterJoin: 'left outer join',
  rightOuterJoin: 'right outer join',
  crossJoin: 'cross join',
};

function join(pen: Pen, step: string): Sql {
  const [table, left, second, third] = pen.call.arguments;
  const before = [
    text(pen, ` ${JOINS[step] ?? 'inner join'} `),
    ...(table ? nameOf(pen, table) : [notKnown(pen, table)]),
  ];
  if (!left) return before;
  const right = third ?? second;
  const operator = third ? literalOf(pen, second) : '=';
  if (!right || typeof operator !== 'string') return [...before, text(pen, ' on '), notKnown(pen, left)];
  return [...before, text(pen, ' on '), ...nameOf(pen, left), text(pen, ` ${operator} `), ...nameOf(pen, right)];
}

const AGGREGATES: Readonly<Record<string, string>> = {
  count: 'count(',
  countDistinct: 'count(distinct ',
  min: 'min(',
  max: 'max(',
  sum: 'sum(',
  avg: 'avg(',
};

/** `count('* as n')`. */
function aggregate(pen: Pen, begin: string): Sql {
  const [given] = pen.call.arguments;
  const name = given ? literalOf(pen, given) : '*';
  if (typeof name !== 'string') return [text(pen, begin), notKnown(pen, given), text(pen, ')')];
  const [of = name, alias] = name.split(/\s+as\s+/i);
  const as = alias === undefined ? '' : ` as ${quotedName(pen, alias)}`;
  return [text(pen, `${begin}${quotedName(pen, of)})${as}`)];
}

function orders(pen: Pen): readonly Sql[] {
  const [first, direction] = pen.call.arguments;
  const known = first ? pen.graph.resolve(pen.file, first).value : undefined;
  if (!first || !known) return [];
  if (known.kind !== 'array') return [ordered(pen, first, direction)];
  return known.items.map((item) => {
    const own = pen.graph.resolve(pen.file, item).value;
    if (own.kind !== 'object') return ordered(pen, item, undefined);
    const [column, order] = ['column', 'order'].map((key) => propertyOf(own, key));
    return column ? ordered(pen, column, order) : [notKnown(pen, item)];
  });
}

function ordered(pen: Pen, column: Value, direction: Value | undefined): Sql {
  const known = direction ? literalOf(pen, direction) : 'asc';
  const way = typeof known === 'string' ? text(pen, ` ${known.toLowerCase()}`) : notKnown(pen, direction);
  return [...nameOf(pen, column), ...(way.kind === 'text' ? [way] : [text(pen, ' '), way])];
}

function propertyOf({ properties }: Extract<Value, { kind: 'object' }>, key: string): Value | undefined {
  const found = properties.find((property) => property.kind === 'property' && property.key === key);
  return found?.value;
}

function rawArgument(pen: Pen): Sql {
  const [sql, values] = pen.call.arguments;
  if (!sql) return [];
  return pen.rawText({ file: pen.file, value: sql }, values ? { file: pen.file, value: values } : null);
}

/** Columns in the order of their names, as Knex sorts them. */
function inserted(pen: Pen): Sql {
  const [given] = pen.call.arguments;
  const known = given ? pen.graph.resolve(pen.file, given).value : undefined;
  const row = known?.kind === 'array' ? known.items[0] : known;
  const own = row ? pen.graph.resolve(pen.file, row).value : undefined;
  const entries = own?.kind === 'object' ? own.properties : [];
  const names = entries
    .flatMap((each) => (each.kind === 'property' ? [each] : []))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  if (names.length === 0 || names.length < entries.length)
    return [text(pen, ' ('), notKnown(pen, given), text(pen, ') values ('), notKnown(pen, given), text(pen, ')')];
  const list = names.map(({ key }) => quotedName(pen, key)).join(', ');
  return [
    text(pen, ` (${list}) values (`),
    ...joined(
      pen,
      names.map(({ value }) => [bound(pen, value)]),
      ', ',
    ),
    text(pen, ')'),
  ];
}

function changes(pen: Pen): Sql {
  const [given, second] = pen.call.arguments;
  const known = given ? pen.graph.resolve(pen.file, given).value : undefined;
  if (given && second && known?.kind === 'literal')
    return [...nameOf(pen, given), text(pen, ' = '), bound(pen, second)];
  const entries = known?.kind === 'object' ? known.properties : [];
  const each = entries.map((property): Sql => {
    if (property.kind !== 'property') return [notKnown(pen, given)];
    return [text(pen, `${quotedName(pen, property.key)} = `), bound(pen, property.value)];
  });
  return each.length > 0 ? joined(pen, each, ', ') : [notKnown(pen, given)];
}

function stepped(statement: Statement, pen: Pen, operator: '+' | '-'): void {
  const [column, by] = pen.call.arguments;
  const one: Value = { kind: 'literal', value: 1, span: pen.call.nameSpan };
  statement.kind = 'update';
  statement.data = column
    ? [
        ...nameOf(pen, column),
        text(pen, ' = '),
        ...nameOf(pen, column),
        text(pen, ` ${operator} `),
        bound(pen, by ?? one),
      ]
    : [notKnown(pen, column)];
}
