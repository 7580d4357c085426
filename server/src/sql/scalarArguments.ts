import type { ResolvedValue } from '#graph/projectGraph.ts';
import type { ScalarField } from '#schema/schemaModel.ts';
import { identityOf, type Reading } from './reading.ts';

/** A value of a scalar field: as written, or a stand-in of its type; undefined where the code says so. */
export function readScalar(reading: Reading, field: ScalarField, from: ResolvedValue, path: string): unknown {
  const resolved = reading.graph.resolve(from.file, from.value);
  const { value } = resolved;
  switch (value.kind) {
    case 'literal':
      return value.value;
    case 'undefined':
      return undefined;
    case 'array':
      return readList(reading, field, resolved, path);
    case 'choice':
      return readChoice(reading, field, resolved, path);
    default:
      return reading.standIns.scalar(field, identityOf(resolved));
  }
}

/** The length of a list matters only where it is none: `[]` is written as a condition that never holds. */
function readList(reading: Reading, field: ScalarField, { file, value }: ResolvedValue, path: string): unknown {
  if (value.kind !== 'array') return undefined;
  return value.items.map((item) =>
    item.kind === 'spread'
      ? reading.standIns.scalar(field, identityOf({ file, value: item }))
      : readScalar(reading, field, { file, value: item }, path),
  );
}

/** Only options whose SQL differs are told apart: a value, null, and nothing at all. */
function readChoice(reading: Reading, field: ScalarField, { file, value }: ResolvedValue, path: string): unknown {
  if (value.kind !== 'choice') return undefined;
  const read = value.options.map((option) => readScalar(reading, field, { file, value: option }, path));
  const kinds = read.map((each) => (each === undefined ? `without ${path}` : each === null ? `${path} null` : path));
  const distinct = [...new Set(kinds)].sort((a, b) => Number(a !== path) - Number(b !== path));
  if (distinct.length < 2) return read[0];
  const taken = distinct[reading.decisions.choose(path, distinct)];
  return read[kinds.indexOf(taken ?? path)];
}
