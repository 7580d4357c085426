import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';

/** What one line of a table builder asks for, as SQL: an entry of the table, or an index of it. */
export type TableLine =
  | { readonly kind: 'entry'; readonly sql: string }
  | { readonly kind: 'index'; readonly unique: boolean; readonly columns: readonly string[] }
  | { readonly kind: 'dropColumn'; readonly columns: readonly string[] };

/** Writes a name with the marks of its database. */
export type Quote = (name: string) => string;

/** The lines of `(table) => { … }`; what is not understood is left out. */
export function tableLines(facts: FileFacts, callback: number, quote: Quote): readonly TableLine[] {
  const inside = facts.calls.filter((call) => call.function === callback);
  const begins = inside.filter(
    ({ callee: { root, path } }) => root.kind === 'parameter' && root.function === callback && path.length === 1,
  );
  return begins.flatMap((begin) => linesOf(stepsFrom(inside, begin), quote));
}

/** `table.integer('user_id').notNullable().index()`: the calls from the first on. */
function stepsFrom(calls: readonly CallFact[], begin: CallFact): readonly CallFact[] {
  const next = calls.find(({ callee }) => callee.root.kind === 'call' && callee.root.call === begin.index);
  return next ? [begin, ...stepsFrom(calls, next)] : [begin];
}

function linesOf(steps: readonly CallFact[], quote: Quote): readonly TableLine[] {
  const [first, ...rest] = steps;
  const method = first?.callee.path[0] ?? '';
  const names = textsOf(first?.arguments[0]);
  if (method === 'index' || method === 'unique')
    return [{ kind: 'index', unique: method === 'unique', columns: names }];
  if (method === 'primary') return [{ kind: 'entry', sql: `PRIMARY KEY (${names.map(quote).join(', ')})` }];
  if (method === 'foreign') return foreignKey(names, rest, quote);
  if (/^dropColumns?$/.test(method)) return [{ kind: 'dropColumn', columns: first?.arguments.flatMap(textsOf) ?? [] }];
  if (method === 'timestamps') return ['created_at', 'updated_at'].map((name) => entry(`${quote(name)} timestamptz`));
  const type = TYPES[method] ?? (method === 'specificType' ? textsOf(first?.arguments[1])[0] : undefined);
  const name = names[0] ?? (/^(?:big)?increments$/i.test(method) ? 'id' : undefined);
  return type === undefined || name === undefined ? [] : column(name, type, rest, quote);
}

const TYPES: Readonly<Record<string, string>> = {
  increments: 'serial PRIMARY KEY',
  bigIncrements: 'bigserial PRIMARY KEY',
  integer: 'integer',
  tinyint: 'smallint',
  smallint: 'smallint',
  mediumint: 'integer',
  bigint: 'bigint',
  bigInteger: 'bigint',
  string: 'varchar',
  text: 'text',
  boolean: 'boolean',
  date: 'date',
  dateTime: 'timestamp',
  datetime: 'timestamp',
  timestamp: 'timestamptz',
  time: 'time',
  uuid: 'uuid',
  json: 'json',
  jsonb: 'jsonb',
  float: 'float',
  double: 'double',
  decimal: 'decimal',
  binary: 'bytea',
  enum: 'enum',
  enu: 'enum',
};

function column(name: string, type: string, steps: readonly CallFact[], quote: Quote): readonly TableLine[] {
  const has = (method: string) => steps.some(({ callee }) => callee.path[0] === method);
  const words = [
    ...(has('primary') ? ['PRIMARY KEY'] : []),
    ...(has('unique') ? ['UNIQUE'] : []),
    ...(has('notNullable') ? ['NOT NULL'] : []),
    ...(has('defaultTo') ? ['DEFAULT NULL'] : []),
    ...referenceIn(steps, quote),
  ];
  const own = entry([quote(name), type, ...words].join(' '));
  return has('index') ? [own, { kind: 'index', unique: false, columns: [name] }] : [own];
}

function foreignKey(names: readonly string[], steps: readonly CallFact[], quote: Quote): readonly TableLine[] {
  const [reference] = referenceIn(steps, quote);
  return reference ? [entry(`FOREIGN KEY (${names.map(quote).join(', ')}) ${reference}`)] : [];
}

/** `.references('id').inTable('users')`, `.references('users.id')`. */
function referenceIn(steps: readonly CallFact[], quote: Quote): readonly string[] {
  const given = (method: string) => steps.find(({ callee }) => callee.path[0] === method)?.arguments[0];
  const [key] = textsOf(given('references'));
  if (key === undefined) return [];
  const [table = key.includes('.') ? key.slice(0, key.lastIndexOf('.')) : undefined] = textsOf(given('inTable'));
  const column = key.slice(key.lastIndexOf('.') + 1);
  return table === undefined ? [] : [`REFERENCES ${quote(table)} (${quote(column)})`];
}

function entry(sql: string): TableLine {
  return { kind: 'entry', sql };
}

function textsOf(value: Value | undefined): readonly string[] {
  if (value?.kind === 'array') return value.items.flatMap(textsOf);
  return value?.kind === 'literal' && typeof value.value === 'string' ? [value.value] : [];
}
