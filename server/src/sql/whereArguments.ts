import type { ResolvedValue } from '#graph/projectGraph.ts';
import type { Model, ScalarField } from '#schema/schemaModel.ts';
import { identityOf, type Reading, readObject, readOneOrMany } from './reading.ts';
import { readScalar } from './scalarArguments.ts';

/** A `where` over a model's rows. */
export function readWhere(reading: Reading, model: Model, from: ResolvedValue, path: string): unknown {
  return readObject(reading, from, path, (key, value, inner) => readCondition(reading, model, key, value, inner));
}

function readCondition(reading: Reading, model: Model, key: string, from: ResolvedValue, path: string): unknown {
  if (key === 'AND' || key === 'OR' || key === 'NOT')
    return readOneOrMany(reading, from, path, (each, at) => readWhere(reading, model, each, at) ?? {});
  const field = model.fields.get(key);
  if (!field) return readCompound(reading, model, key, from, path);
  if (field.kind !== 'relation') return readFilter(reading, field, from, path);
  const other = reading.schema.models.get(field.type);
  return other ? readRelationFilter(reading, other, from, path) : undefined;
}

/** `userId_sku: { userId, sku }`, or the name the key was given. */
function readCompound(reading: Reading, model: Model, key: string, from: ResolvedValue, path: string): unknown {
  const known = model.indexes.some(
    ({ kind, name, fields }) =>
      (kind === 'id' || kind === 'unique') && (name === key || fields.map((field) => field.name).join('_') === key),
  );
  if (!known) reading.lost(path);
  if (!known) return undefined;
  return readObject(reading, from, path, (name, value, inner) => {
    const field = model.fields.get(name);
    return field && field.kind !== 'relation' ? readScalar(reading, field, value, inner) : undefined;
  });
}

const RELATION_FILTERS: ReadonlySet<string> = new Set(['some', 'every', 'none', 'is', 'isNot']);

function readRelationFilter(reading: Reading, other: Model, from: ResolvedValue, path: string): unknown {
  const { value } = reading.graph.resolve(from.file, from.value);
  if (value.kind === 'literal') return value.value;
  return readObject(reading, from, path, (key, inner, at) => {
    if (!RELATION_FILTERS.has(key) || other.fields.has(key)) return readCondition(reading, other, key, inner, at);
    const condition = reading.graph.resolve(inner.file, inner.value).value;
    return condition.kind === 'literal' ? condition.value : readWhere(reading, other, inner, at);
  });
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

/** A condition on a scalar: a value, or an object of operators. */
export function readFilter(reading: Reading, field: ScalarField, from: ResolvedValue, path: string): unknown {
  const { file, value } = reading.graph.resolve(from.file, from.value);
  if (value.kind !== 'object') return readScalar(reading, field, { file, value }, path);
  return readObject(reading, { file, value }, path, (key, inner, at) => readOperator(reading, field, key, inner, at));
}

function readOperator(reading: Reading, field: ScalarField, key: string, from: ResolvedValue, path: string): unknown {
  const resolved = reading.graph.resolve(from.file, from.value);
  const { value } = resolved;
  if (key === 'mode') return value.kind === 'literal' ? value.value : undefined;
  if (key === 'not') return readFilter(reading, field, resolved, path);
  if (key === 'isEmpty' || key === 'isSet') return value.kind === 'literal' ? value.value : true;
  if (key === 'path') return value.kind === 'literal' ? value.value : undefined;
  if (LISTS.has(key) && value.kind !== 'array') return [reading.standIns.scalar(field, identityOf(resolved))];
  if (TEXTS.has(key) && value.kind !== 'literal' && value.kind !== 'choice')
    return value.kind === 'undefined' ? undefined : reading.standIns.ofType('String', identityOf(resolved));
  return readScalar(reading, field, resolved, path);
}
