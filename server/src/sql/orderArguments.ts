import type { ResolvedValue } from '#graph/projectGraph.ts';
import type { Model } from '#schema/schemaModel.ts';
import { memberNamed } from './namedMembers.ts';
import { readMany, readObject } from './objects.ts';
import { identityOf, type Reading } from './reading.ts';
import { readValue } from './scalarArguments.ts';
import { settle } from './settle.ts';

/** An `orderBy`, one or several; undefined where nothing of it is known. */
export function readOrder(reading: Reading, model: Model, from: ResolvedValue, path: string): unknown {
  const read = (each: ResolvedValue, at: string) => readOne(reading, model, each, at);
  const many = readMany(reading, from, path, read);
  return many ? (many.length > 0 ? many : undefined) : read(from, path);
}

/** `{ createdAt: 'desc' }`, `{ user: { name: 'asc' } }`, `{ posts: { _count: 'desc' } }`, `{ name: { sort, nulls } }`. */
function readOne(reading: Reading, model: Model, from: ResolvedValue, path: string): unknown {
  const read = readObject(reading, from, path, (key, value, inner) => {
    const settled = settle(reading, value, inner);
    if (settled.value.kind !== 'object')
      return readDirection(reading, value, inner, key === 'nulls' ? NULLS : DIRECTIONS);
    const field = model.fields.get(key);
    const other = field?.kind === 'relation' ? reading.schema.models.get(field.type) : undefined;
    return readOne(reading, other ?? model, settled, inner);
  });
  return read && oneKey(reading, from, read, path);
}

/** One order names one field; of several that may be there one is there at a time. */
function oneKey(reading: Reading, from: ResolvedValue, read: Readonly<Record<string, unknown>>, path: string): unknown {
  const keys = Object.keys(read);
  const { file, value } = settle(reading, from, path);
  const unsure =
    value.kind === 'object' &&
    value.properties.some((each) => each.kind !== 'property' || each.value.kind === 'choice');
  if (keys.length < 2 || !unsure) return keys.length > 0 ? read : undefined;
  const text = (index: number) => `with ${path}.${keys[index]}`;
  const key = keys[reading.decisions.choose(`${file} ${value.span.start} one`, keys.length, text)];
  return key === undefined ? undefined : { [key]: read[key] };
}

const DIRECTIONS = ['asc', 'desc'] as const;
const NULLS = ['first', 'last'] as const;

/** The way only the run knows is told in both. */
function readDirection(
  reading: Reading,
  from: ResolvedValue,
  path: string,
  ways: readonly [usual: string, other: string],
): unknown {
  const settled = settle(reading, from, path);
  return readValue(reading, settled, path, (resolved) => {
    const { value } = resolved;
    if (value.kind === 'literal') return value.value;
    const named = memberNamed(reading.graph, resolved, ways);
    if (named !== null) return named;
    return ways[reading.decisions.choose(`${identityOf(resolved)} direction`, 2, () => `${path} ${ways[1]}`)];
  });
}
