import type { ResolvedValue } from '#graph/projectGraph.ts';
import type { Model, ScalarField } from '#schema/schemaModel.ts';
import { type Reading, readObject, readOneOrMany } from './reading.ts';
import { readScalar } from './scalarArguments.ts';
import { readWhere } from './whereArguments.ts';

/** What is written into a row, with what is written into its relations. */
export function readData(reading: Reading, model: Model, from: ResolvedValue, path: string): unknown {
  return readObject(reading, from, path, (key, value, inner) => {
    const field = model.fields.get(key);
    if (!field) return undefined;
    if (field.kind !== 'relation') return readWritten(reading, field, value, inner);
    const other = reading.schema.models.get(field.type);
    return other ? readNested(reading, other, value, inner) : undefined;
  });
}

const CHANGES: ReadonlySet<string> = new Set(['set', 'increment', 'decrement', 'multiply', 'divide', 'push', 'unset']);

/** A value, or an operation on the one that is there; a JSON object is a value. */
function readWritten(reading: Reading, field: ScalarField, from: ResolvedValue, path: string): unknown {
  const { file, value } = reading.graph.resolve(from.file, from.value);
  const changes =
    value.kind === 'object' && value.properties.some((each) => each.kind === 'property' && CHANGES.has(each.key));
  if (value.kind !== 'object' || !changes) return readScalar(reading, field, { file, value }, path);
  return readObject(reading, { file, value }, path, (_key, inner, at) => readScalar(reading, field, inner, at));
}

/** `create`, `connect` and the other things to do with a relation. */
function readNested(reading: Reading, other: Model, from: ResolvedValue, path: string): unknown {
  return readObject(reading, from, path, (key, value, inner) => {
    const { value: known } = reading.graph.resolve(value.file, value.value);
    if (known.kind === 'literal') return known.value;
    return readOneOrMany(reading, value, inner, (each, at) => readAction(reading, other, key, each, at) ?? undefined);
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
      return readParts(reading, other, from, path);
    default:
      return undefined;
  }
}

/** `{ where, data }`, `{ where, create, update }`; an update of a single relation may be the data itself. */
function readParts(reading: Reading, other: Model, from: ResolvedValue, path: string): unknown {
  return readObject(reading, from, path, (key, value, inner) => {
    if (key === 'where') return readWhere(reading, other, value, inner);
    if (key === 'data' || key === 'create' || key === 'update')
      return readOneOrMany(reading, value, inner, (each, at) => readData(reading, other, each, at) ?? undefined);
    if (key === 'skipDuplicates') return true;
    const field = other.fields.get(key);
    return field && field.kind !== 'relation' ? readScalar(reading, field, value, inner) : undefined;
  });
}
