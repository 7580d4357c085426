import type { Field, Model, SchemaModel } from '#schema/schemaModel.ts';
import type { FileFacts } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';
import type { ProjectGraph, ResolvedValue } from './projectGraph.ts';

/** What a callback asks of a row of its list, as far as a `where` can ask it. */
export interface RowPredicate {
  /** Columns it looks at, dotted behind relations to one row. */
  readonly fields: readonly string[];
  /** The one column and the plain value written in the code it must equal, where it asks nothing else. */
  readonly equals: { readonly field: Field; readonly value: Value } | null;
}

/** The rows a predicate is asked of. */
export interface Rows {
  readonly file: string;
  readonly facts: FileFacts;
  readonly schema: SchemaModel;
  readonly model: Model;
  /** Names a row, or what is read of one. */
  isRow(to: Reference): readonly string[] | null;
}

/** Reads a test of a row; null where it asks what no `where` can, or holds rows against each other. */
export function rowPredicate(graph: ProjectGraph, rows: Rows, test: Value): RowPredicate | null {
  const fields = fieldsOf(rows, test);
  return fields && fields.length > 0 ? { fields: [...new Set(fields)], equals: equalityOf(graph, rows, test) } : null;
}

/** The column of a row that a value is, dotted; null for anything else. */
export function columnOf({ schema, model, isRow }: Rows, value: Value): { name: string; field: Field } | null {
  const path = value.kind === 'reference' ? isRow(value.to) : null;
  if (!path || path.length === 0) return null;
  let at: Model | undefined = model;
  for (const step of path.slice(0, -1)) {
    const relation: Field | undefined = at?.fields.get(step);
    at = relation?.kind === 'relation' && !relation.list ? schema.models.get(relation.type) : undefined;
  }
  const field = at?.fields.get(path.at(-1) ?? '');
  return field && field.kind !== 'relation' ? { name: path.join('.'), field } : null;
}

const COMPARING = /^([=!]==?|[<>]=?)$/;

function fieldsOf(rows: Rows, test: Value): readonly string[] | null {
  switch (test.kind) {
    case 'binary':
      return COMPARING.test(test.operator) ? comparedField(rows, test.left, test.right) : null;
    case 'choice':
      return test.operator === '?:' ? null : both(rows, test.test, test.options.at(-1));
    case 'unary':
      return test.operator === '!' ? fieldsOf(rows, test.operand) : null;
    case 'reference': {
      const column = columnOf(rows, test);
      return column && column.field.type === 'Boolean' ? [column.name] : null;
    }
    case 'call':
      return lookedUpField(rows, test.call);
    default:
      return null;
  }
}

/** `ids.includes(row.id)`, `known.has(row.id)`, `row.name.startsWith(text)`. */
function lookedUpField(rows: Rows, index: number): readonly string[] | null {
  const { callee, arguments: given, span } = rows.facts.calls[index] ?? {};
  const [argument, ...others] = given ?? [];
  if (!callee || !argument || !span || others.length > 0) return null;
  const receiver: Value = { kind: 'reference', to: { ...callee, path: callee.path.slice(0, -1) }, span };
  const method = callee.path.at(-1) ?? '';
  const own = columnOf(rows, receiver);
  if (own) {
    const isText = own.field.list ? method === 'includes' : /^(includes|startsWith|endsWith)$/.test(method);
    return isText && isApart(rows, argument) ? [own.name] : null;
  }
  const column = columnOf(rows, argument);
  if (!column || !isApart(rows, receiver)) return null;
  return method === 'has' || (method === 'includes' && isNamedLikeList(rows, callee)) ? [column.name] : null;
}

/** `ids.includes(row.id)` asks for one of several values, `message.includes(row.email)` for a part of a text. */
function isNamedLikeList({ facts }: Rows, { root, path }: Reference): boolean {
  const own = path.length > 1 ? path.at(-2) : null;
  if (root.kind === 'call' && !own) return MAKES_LIST.test(facts.calls[root.call]?.callee.path.at(-1) ?? '');
  const name = own ?? (root.kind === 'variable' ? facts.variables[root.variable]?.name : parameterName(facts, root));
  return /(s|list|set|in)$/i.test(name ?? '');
}

const MAKES_LIST = /^(split|map|filter|flatMap|concat|slice|keys|values|from)$/;

function parameterName({ functions }: FileFacts, root: Reference['root']): string | null {
  return root.kind === 'parameter' ? (functions[root.function]?.parameters[root.index]?.name ?? null) : null;
}

function both(rows: Rows, left: Value, right: Value | undefined): readonly string[] | null {
  const first = fieldsOf(rows, left);
  const second = right && first ? fieldsOf(rows, right) : null;
  return first && second ? [...first, ...second] : null;
}

/** One side is a column of the row, the other has nothing to do with rows. */
function comparedField(rows: Rows, left: Value, right: Value): readonly string[] | null {
  const column = columnOf(rows, left) ?? columnOf(rows, right);
  const other = columnOf(rows, left) ? right : left;
  if (!column || column.field.list || (column.field.kind === 'scalar' && !COMPARABLE.has(column.field.type)))
    return null;
  return isApart(rows, other) ? [column.name] : null;
}

const COMPARABLE: ReadonlySet<string> = new Set(['String', 'Int', 'BigInt', 'Float', 'Decimal', 'Boolean', 'DateTime']);

/** Nothing of a row is in it. */
function isApart(rows: Rows, value: Value): boolean {
  switch (value.kind) {
    case 'literal':
    case 'undefined':
      return true;
    case 'reference':
      return rows.isRow(value.to) === null;
    case 'template':
      return value.values.every((each) => isApart(rows, each));
    case 'binary':
      return isApart(rows, value.left) && isApart(rows, value.right);
    case 'unary':
      return isApart(rows, value.operand);
    case 'choice':
      return isApart(rows, value.test) && value.options.every((each) => isApart(rows, each));
    default:
      return false;
  }
}

/** Columns that JavaScript and every database compare alike. */
const ALIKE: ReadonlySet<string> = new Set(['Int', 'Boolean', 'Float']);

/** `row.status === 'OPEN'`; texts only where the database tells upper from lower case too. */
function equalityOf(graph: ProjectGraph, rows: Rows, test: Value): RowPredicate['equals'] {
  if (test.kind !== 'binary' || test.operator !== '===') return null;
  const column = columnOf(rows, test.left) ?? columnOf(rows, test.right);
  const other = columnOf(rows, test.left) ? test.right : test.left;
  if (!column || column.name.includes('.') || other.kind !== 'literal') return null;
  const isExact = rows.schema.provider === 'postgresql' || rows.schema.provider === 'sqlite';
  const { field } = column;
  const alike = field.kind === 'enum' || ALIKE.has(field.type) || (field.type === 'String' && isExact);
  return alike && isOfType(graph, { file: rows.file, value: other }, field) ? { field, value: other } : null;
}

function isOfType(graph: ProjectGraph, from: ResolvedValue, field: Field): boolean {
  const { value } = graph.resolve(from.file, from.value);
  if (value.kind !== 'literal') return false;
  if (value.value === null) return !field.required;
  const type =
    field.type === 'Boolean' ? 'boolean' : field.type === 'Int' || field.type === 'Float' ? 'number' : 'string';
  return typeof value.value === type;
}
