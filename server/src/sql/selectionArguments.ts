import type { ResolvedValue } from '#graph/projectGraph.ts';
import type { Model } from '#schema/schemaModel.ts';
import { type Reading, readObject, readOneOrMany } from './reading.ts';
import { readWhere } from './whereArguments.ts';

/** A `select`, `include` or `omit` of a model. */
export function readSelection(reading: Reading, model: Model, from: ResolvedValue, path: string): unknown {
  return readObject(reading, from, path, (key, value, inner) => {
    const resolved = reading.graph.resolve(from.file, value.value);
    if (resolved.value.kind === 'literal') return resolved.value.value;
    if (key === '_count') return readCounts(reading, model, value, inner);
    const field = model.fields.get(key);
    const other = field?.kind === 'relation' ? reading.schema.models.get(field.type) : undefined;
    return other ? readRelation(reading, other, value, inner) : true;
  });
}

/** `_count: { select: { posts: { where } } }`. */
function readCounts(reading: Reading, model: Model, from: ResolvedValue, path: string): unknown {
  return readObject(reading, from, path, (key, value, inner) =>
    key === 'select' ? readSelection(reading, model, value, inner) : undefined,
  );
}

/** What may stand beside a nested `select`. */
function readRelation(reading: Reading, model: Model, from: ResolvedValue, path: string): unknown {
  const { value } = reading.graph.resolve(from.file, from.value);
  if (value.kind === 'call' || value.kind === 'reference') {
    reading.lost(path);
    return true;
  }
  return readObject(reading, from, path, (key, inner, at) => readListing(reading, model, key, inner, at));
}

/** Keys by which rows are chosen, ordered, cut and shaped, at the top as in a relation. */
export function readListing(reading: Reading, model: Model, key: string, from: ResolvedValue, path: string): unknown {
  switch (key) {
    case 'where':
    case 'cursor':
      return readWhere(reading, model, from, path) ?? undefined;
    case 'select':
    case 'include':
    case 'omit':
      return readSelection(reading, model, from, path) ?? undefined;
    case 'orderBy':
      return readOneOrMany(reading, from, path, (each, at) => readOrder(reading, each, at) ?? undefined);
    case 'take':
    case 'skip':
      return readCount(reading, from);
    case 'distinct':
    case 'by':
      return readOneOrMany(reading, from, path, (each) => readName(reading, each, path));
    default:
      return undefined;
  }
}

/** Any positive number gives the same text; nothing known of it says that there is one. */
function readCount(reading: Reading, from: ResolvedValue): number | undefined {
  const { value } = reading.graph.resolve(from.file, from.value);
  if (value.kind === 'undefined') return undefined;
  if (value.kind === 'literal' && typeof value.value === 'number') return value.value;
  return value.kind === 'unary' && value.operator === '-' ? -STAND_IN_COUNT : STAND_IN_COUNT;
}

const STAND_IN_COUNT = 10;

function readName(reading: Reading, from: ResolvedValue, path: string): unknown {
  const { value } = reading.graph.resolve(from.file, from.value);
  if (value.kind === 'literal') return value.value;
  reading.lost(path);
  return undefined;
}

/** `{ createdAt: 'desc' }`, `{ user: { name: 'asc' } }`, `{ posts: { _count: 'desc' } }`, `{ name: { sort, nulls } }`. */
function readOrder(reading: Reading, from: ResolvedValue, path: string): unknown {
  return readObject(reading, from, path, (_key, value, inner) => {
    const resolved = reading.graph.resolve(value.file, value.value);
    if (resolved.value.kind === 'literal') return resolved.value.value;
    return resolved.value.kind === 'object' ? readOrder(reading, resolved, inner) : 'asc';
  });
}
