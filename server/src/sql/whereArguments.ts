import type { ResolvedValue } from '#graph/projectGraph.ts';
import type { Model, ScalarField } from '#schema/schemaModel.ts';
import { memberNamed } from './namedMembers.ts';
import { isWritten, readMany, readObject } from './objects.ts';
import { identityOf, type Reading } from './reading.ts';
import { readScalar, readValue } from './scalarArguments.ts';
import { settle } from './settle.ts';
import { compoundKeys } from './uniqueKeys.ts';

/** A `where` over a model's rows. */
export function readWhere(reading: Reading, model: Model, from: ResolvedValue, path: string): unknown {
  return readObject(reading, from, path, (key, value, inner) => readCondition(reading, model, key, value, inner));
}

function readCondition(reading: Reading, model: Model, key: string, from: ResolvedValue, path: string): unknown {
  if (key === 'AND' || key === 'OR' || key === 'NOT') return readConnected(reading, model, key, from, path);
  const field = model.fields.get(key);
  if (!field) return readCompound(reading, model, key, from, path);
  if (field.kind !== 'relation') return readFilter(reading, field, from, path);
  const other = reading.schema.models.get(field.type);
  return other ? readRelationFilter(reading, other, from, path) : undefined;
}

/** What is not known is left out: an empty condition would hold for every row. `OR` takes nothing but lists. */
function readConnected(reading: Reading, model: Model, key: string, from: ResolvedValue, path: string): unknown {
  const read = (each: ResolvedValue, at: string) => readKnown(reading, model, each, at);
  const settled = settle(reading, from, path);
  if (settled.value.kind === 'undefined') return undefined;
  const many = readMany(reading, settled, path, read);
  if (many) return many.length > 0 || isEmptyList(settled) ? many : undefined;
  const one = read(settled, path);
  return key === 'OR' && one !== undefined ? [one] : one;
}

function readKnown(reading: Reading, model: Model, from: ResolvedValue, path: string): unknown {
  let isLost = false;
  const lost = (at: string) => {
    isLost = true;
    reading.lost(at);
  };
  const read = readObject({ ...reading, lost }, from, path, (key, value, inner) =>
    readCondition({ ...reading, lost }, model, key, value, inner),
  );
  return read === null || (isLost && Object.keys(read).length === 0) ? undefined : read;
}

function isEmptyList({ value }: ResolvedValue): boolean {
  return value.kind === 'array' && value.items.length === 0;
}

/** `userId_sku: { userId, sku }`, or the name the key was given. */
function readCompound(reading: Reading, model: Model, key: string, from: ResolvedValue, path: string): unknown {
  const known = compoundKeys(model).some(({ name }) => name === key);
  if (!known) reading.lost(path);
  if (!known) return undefined;
  const read = readObject(reading, from, path, (name, value, inner) => {
    const field = model.fields.get(name);
    return field && field.kind !== 'relation' ? readScalar(reading, field, value, inner) : undefined;
  });
  return read ?? undefined;
}

const RELATION_FILTERS: ReadonlySet<string> = new Set(['some', 'every', 'none', 'is', 'isNot']);

function readRelationFilter(reading: Reading, other: Model, from: ResolvedValue, path: string): unknown {
  const settled = settle(reading, from, path);
  if (settled.value.kind === 'literal') return settled.value.value;
  if (settled.value.kind === 'undefined') return undefined;
  const read = readObject(reading, settled, path, (key, inner, at) => {
    if (!RELATION_FILTERS.has(key) || other.fields.has(key)) return readCondition(reading, other, key, inner, at);
    const condition = settle(reading, inner, at);
    if (condition.value.kind === 'literal') return condition.value.value;
    return condition.value.kind === 'undefined' ? undefined : (readWhere(reading, other, condition, at) ?? {});
  });
  return read ?? undefined;
}

const LISTS: ReadonlySet<string> = new Set(['in', 'notIn', 'hasSome', 'hasEvery']);
const TEXTS: ReadonlySet<string> = new Set([
  'contains',
  'startsWith',
  'endsWith',
  'search',
  'string_contains',
  'string_starts_with',
  'string_ends_with',
]);

/** What JSON is compared with is a text or a number. */
const COMPARED: ReadonlySet<string> = new Set(['gt', 'gte', 'lt', 'lte']);
/** What `having` compares of a group. */
const AGGREGATIONS: ReadonlySet<string> = new Set(['_count', '_sum', '_avg', '_min', '_max']);

/** A condition on a scalar: a value, or an object of operators. */
function readFilter(reading: Reading, field: ScalarField, from: ResolvedValue, path: string): unknown {
  if (!isWritten(reading.graph, from)) return readScalar(reading, field, from, path);
  const settled = settle(reading, from, path);
  if (settled.value.kind !== 'object') return readScalar(reading, field, settled, path);
  const read = readObject(reading, settled, path, (key, inner, at) => readOperator(reading, field, key, inner, at));
  return read && Object.keys(read).length > 0 ? read : undefined;
}

function readOperator(reading: Reading, field: ScalarField, key: string, from: ResolvedValue, path: string): unknown {
  if (key === 'not') return readFilter(reading, field, from, path);
  if (AGGREGATIONS.has(key))
    return readFilter(reading, key === '_count' ? { ...field, type: 'Int' } : field, from, path);
  if (key === 'equals' || key === 'has') return readScalar(reading, field, from, path);
  return readValue(reading, from, path, (resolved) => {
    const { value } = resolved;
    if (value.kind === 'literal') return value.value;
    if (key === 'mode') return readMode(reading, resolved, path);
    if (key === 'path') return readPath(reading, resolved, path);
    if (key === 'isEmpty' || key === 'isSet') return true;
    if (LISTS.has(key)) return readList(reading, field, resolved, path);
    if (TEXTS.has(key) || (field.type === 'Json' && COMPARED.has(key)))
      return reading.standIns.ofType('String', identityOf(resolved));
    return readScalar(reading, field, resolved, path);
  });
}

/** A list only the run knows, or of which it knows a part, counts as one value; that it may be empty shows in the SQL. */
function readList(reading: Reading, field: ScalarField, resolved: ResolvedValue, path: string): unknown {
  let isOpen = false;
  const lost = (at: string) => {
    if (at === `${path}[…]`) isOpen = true;
    else reading.lost(at);
  };
  const items = readMany({ ...reading, lost }, resolved, path, (item, at) => readScalar(reading, field, item, at));
  const known = resolved.value.kind === 'array' ? items : null;
  if (known && !isOpen) return known;
  const one = [reading.standIns.scalar(field, identityOf(resolved))];
  if (known && known.length > 0) return one;
  const point = `${resolved.file} ${identityOf(resolved)} empty`;
  return reading.decisions.choose(point, 2, () => `${path} empty`, true) === 1 ? [] : one;
}

/** `'insensitive'` or `Prisma.QueryMode.insensitive`. */
function readMode(reading: Reading, resolved: ResolvedValue, path: string): string | undefined {
  const named = memberNamed(reading.graph, resolved, ['insensitive', 'default']);
  if (named === null) reading.lost(path);
  return named ?? undefined;
}

function readPath(reading: Reading, resolved: ResolvedValue, path: string): unknown {
  const items = readMany(reading, resolved, path, ({ value }) => (value.kind === 'literal' ? value.value : undefined));
  if (!items) reading.lost(path);
  return items ?? undefined;
}
