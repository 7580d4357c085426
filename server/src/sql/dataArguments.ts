import type { ResolvedValue } from '#graph/projectGraph.ts';
import type { Model, ScalarField } from '#schema/schemaModel.ts';
import { isWritten, readObject, readOneOrMany } from './objects.ts';
import type { Reading } from './reading.ts';
import { readScalar } from './scalarArguments.ts';
import { settle } from './settle.ts';
import { readWhere } from './whereArguments.ts';

/** What is written into a row, with what is written into its relations. */
export function readData(reading: Reading, model: Model, from: ResolvedValue, path: string): unknown {
  return readObject(reading, from, path, (key, value, inner) => {
    const field = model.fields.get(key);
    if (!field) return lostKey(reading, inner);
    if (field.kind !== 'relation') return readWritten(reading, field, value, inner);
    const other = reading.schema.models.get(field.type);
    return other ? (readNested(reading, other, value, inner) ?? undefined) : undefined;
  });
}

function lostKey(reading: Reading, path: string): undefined {
  reading.lost(path);
}

const CHANGES: ReadonlySet<string> = new Set(['set', 'increment', 'decrement', 'multiply', 'divide', 'push', 'unset']);

/** A value, or an operation on the one that is there; a JSON object is a value. */
function readWritten(reading: Reading, field: ScalarField, from: ResolvedValue, path: string): unknown {
  if (field.type === 'Json' || !isWritten(reading.graph, from)) return readScalar(reading, field, from, path);
  const { file, value } = settle(reading, from, path);
  const changes =
    value.kind === 'object' && value.properties.some((each) => each.kind === 'property' && CHANGES.has(each.key));
  if (!changes) return readScalar(reading, field, { file, value }, path);
  return readObject(reading, { file, value }, path, (_key, inner, at) => readScalar(reading, field, inner, at));
}

/** `create`, `connect` and the other things to do with a relation. */
function readNested(reading: Reading, other: Model, from: ResolvedValue, path: string): unknown {
  const settled = settle(reading, from, path);
  if (settled.value.kind === 'undefined') return undefined;
  return readObject(reading, settled, path, (key, value, inner) => {
    const known = settle(reading, value, inner);
    if (known.value.kind === 'literal') return known.value.value;
    if (known.value.kind === 'undefined') return undefined;
    return readOneOrMany(reading, known, inner, (each, at) => readAction(reading, other, key, each, at) ?? undefined);
  });
}

function readAction(reading: Reading, other: Model, key: string, from: ResolvedValue, path: string): unknown {
  switch (key) {
    case 'create':
      return readData(reading, other, from, path);
    case 'connect':
    case 'disconnect':
    case 'delete':
    case 'deleteMany':
    case 'set':
      return readWhere(reading, other, from, path);
    case 'createMany':
    case 'connectOrCreate':
    case 'update':
    case 'updateMany':
    case 'upsert':
      return readParts(reading, other, key, from, path);
    default:
      return undefined;
  }
}

const PARTS: ReadonlySet<string> = new Set(['where', 'data', 'create', 'update']);

/** `{ where, data }`, `{ where, create, update }`; an update of a single relation may be the data itself. */
function readParts(reading: Reading, other: Model, action: string, from: ResolvedValue, path: string): unknown {
  return readObject(reading, from, path, (key, value, inner) => {
    const plain = action === 'update' && other.fields.has(key);
    if (PARTS.has(key) && !plain) {
      if (key === 'where') return readWhere(reading, other, value, inner) ?? undefined;
      return readOneOrMany(reading, value, inner, (each, at) => readData(reading, other, each, at) ?? undefined);
    }
    if (key === 'skipDuplicates') return true;
    const field = other.fields.get(key);
    if (!field) return lostKey(reading, inner);
    if (field.kind !== 'relation') return readWritten(reading, field, value, inner);
    const further = reading.schema.models.get(field.type);
    return further ? (readNested(reading, further, value, inner) ?? undefined) : undefined;
  });
}
