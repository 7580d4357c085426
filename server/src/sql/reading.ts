import type { Decisions } from '#graph/decisions.ts';
import { objectKeys } from '#graph/objectKeys.ts';
import type { ProjectGraph, ResolvedValue } from '#graph/projectGraph.ts';
import type { SchemaModel } from '#schema/schemaModel.ts';
import type { StandIns } from './standIns.ts';

/** What reading the arguments of a call needs to know and to tell. */
export interface Reading {
  readonly graph: ProjectGraph;
  readonly schema: SchemaModel;
  readonly standIns: StandIns;
  readonly decisions: Decisions;
  /** Told of what could not be followed, as a path: its SQL is not in the answer. */
  readonly lost: (path: string) => void;
}

/** Reads the value of one key; undefined leaves the key out. */
export type ReadKey = (key: string, value: ResolvedValue, path: string) => unknown;

/** Reads an object key by key; null where it is no object that can be followed, which is told. */
export function readObject(
  reading: Reading,
  from: ResolvedValue,
  path: string,
  readKey: ReadKey,
): Record<string, unknown> | null {
  const { keys, open } = objectKeys(reading.graph, from);
  if (open && keys.size === 0) {
    reading.lost(path);
    return null;
  }
  if (open) reading.lost(`${path}.…`);
  const result: Record<string, unknown> = {};
  for (const [key, { values, optional }] of keys) {
    const inner = path === '' ? key : `${path}.${key}`;
    const value = chosen(reading, inner, values, optional);
    const read = value === null ? undefined : readKey(key, value, inner);
    if (read !== undefined) result[key] = read;
  }
  return result;
}

/** Of the values a key may have the one this variant is about; null leaves the key out. */
function chosen(
  { decisions }: Reading,
  path: string,
  values: readonly ResolvedValue[],
  optional: boolean,
): ResolvedValue | null {
  const options: readonly (ResolvedValue | null)[] = optional ? [...values, null] : values;
  if (options.length < 2) return options[0] ?? null;
  const texts = options.map((option, index) => (option ? `${path} as written ${index + 1}` : `without ${path}`));
  return options[decisions.choose(path, texts)] ?? null;
}

/** Reads `a` or `[a, b]`, as Prisma takes both in many places. */
export function readOneOrMany(
  reading: Reading,
  from: ResolvedValue,
  path: string,
  read: (value: ResolvedValue, path: string) => unknown,
): unknown {
  const { file, value } = reading.graph.resolve(from.file, from.value);
  if (value.kind !== 'array') return read({ file, value }, path);
  return value.items
    .map((item, index) => {
      if (item.kind !== 'spread') return read({ file, value: item }, `${path}[${index}]`);
      reading.lost(`${path}[…]`);
      return undefined;
    })
    .filter((item) => item !== undefined);
}

/** Names an expression, so that equal ones are told from different ones. */
export function identityOf({ file, value }: ResolvedValue): string {
  return value.kind === 'reference' ? `${file} ${JSON.stringify(value.to)}` : `${file} ${value.span.start}`;
}
