import type { ResolvedValue } from '#graph/projectGraph.ts';
import type { Model } from '#schema/schemaModel.ts';
import { memberNamed } from './namedMembers.ts';
import { readObject, readOneOrMany } from './objects.ts';
import { readOrder } from './orderArguments.ts';
import type { Reading } from './reading.ts';
import { readValue } from './scalarArguments.ts';
import { settle } from './settle.ts';
import { readWhere } from './whereArguments.ts';

/** A `select`, `include` or `omit` of a model. */
function readSelection(reading: Reading, model: Model, from: ResolvedValue, path: string): unknown {
  return readObject(reading, from, path, (key, value, inner) => {
    const field = model.fields.get(key);
    if (!field && !COUNTED.has(key)) return lostKey(reading, inner);
    const settled = settle(reading, value, inner);
    if (settled.value.kind === 'literal') return settled.value.value;
    if (settled.value.kind === 'undefined') return undefined;
    if (key === '_count') return readCounts(reading, model, settled, inner);
    const other = field?.kind === 'relation' ? reading.schema.models.get(field.type) : undefined;
    return other ? readRelation(reading, other, settled, inner) : true;
  });
}

/** What `select` may name besides fields: counts of relations, and in a count all rows. */
const COUNTED: ReadonlySet<string> = new Set(['_count', '_all']);

/** A field the client computes by itself, through an extension: which columns it needs is not known. */
function lostKey(reading: Reading, path: string): undefined {
  reading.lost(path);
}

/** `_count: { select: { posts: { where } } }`. */
function readCounts(reading: Reading, model: Model, from: ResolvedValue, path: string): unknown {
  if (from.value.kind !== 'object') return true;
  const read = readObject(reading, from, path, (key, value, inner) =>
    key === 'select' ? (readSelection(reading, model, value, inner) ?? undefined) : undefined,
  );
  return read && Object.keys(read).length > 0 ? read : true;
}

/** What may stand beside a nested `select`; a flag only the run knows is taken for true. */
function readRelation(reading: Reading, model: Model, from: ResolvedValue, path: string): unknown {
  if (from.value.kind !== 'object') reading.lost(path);
  if (from.value.kind !== 'object') return true;
  return readObject(reading, from, path, (key, inner, at) => readListing(reading, model, key, inner, at));
}

/** Keys by which rows are chosen, ordered, cut and shaped, at the top as in a relation. */
export function readListing(reading: Reading, model: Model, key: string, from: ResolvedValue, path: string): unknown {
  switch (key) {
    case 'where':
    case 'cursor':
      return orNothing(reading, from, path, (known) => readWhere(reading, model, known, path));
    case 'select':
    case 'include':
    case 'omit':
      return orNothing(reading, from, path, (known) => notEmpty(known, readSelection(reading, model, known, path)));
    case 'orderBy':
      return orNothing(reading, from, path, (known) => readOrder(reading, model, known, path));
    case 'take':
    case 'skip':
      return readCount(reading, from, path);
    case 'distinct':
    case 'by':
      return readOneOrMany(reading, from, path, (each) => readName(reading, model, each, path));
    default:
      return undefined;
  }
}

/** Where no key of a selection is known, which is told, all columns are read as far as anybody knows. */
function notEmpty({ value }: ResolvedValue, read: unknown): unknown {
  const empty = typeof read === 'object' && read !== null && Object.keys(read).length === 0;
  return empty && value.kind === 'object' && value.properties.length > 0 ? null : read;
}

/** Undefined leaves the key out, which an empty object in its place would not. */
function orNothing(
  reading: Reading,
  from: ResolvedValue,
  path: string,
  read: (known: ResolvedValue) => unknown,
): unknown {
  const settled = settle(reading, from, path);
  return settled.value.kind === 'undefined' ? undefined : (read(settled) ?? undefined);
}

const STAND_IN_COUNT = 10;
const OTHER_COUNT = 7017;

/** Any positive number gives the same text; nothing known of it says that there is one. */
export function readCount(reading: Reading, from: ResolvedValue, path: string): unknown {
  return readValue(reading, from, path, ({ value }) => {
    if (value.kind === 'literal') return value.value ?? undefined;
    const count = reading.other ? OTHER_COUNT : STAND_IN_COUNT;
    return value.kind === 'unary' && value.operator === '-' ? -count : count;
  });
}

/** `'name'` or `Prisma.UserScalarFieldEnum.name`. */
function readName(reading: Reading, model: Model, from: ResolvedValue, path: string): unknown {
  const settled = settle(reading, from, path);
  if (settled.value.kind === 'literal') return settled.value.value;
  const named = memberNamed(reading.graph, settled, [...model.fields.keys()]);
  if (named === null) reading.lost(path);
  return named ?? undefined;
}
