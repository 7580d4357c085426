/**
 * Plain data as one row of integers, the strings and the property lists it refers to: crosses a thread at a fraction of what a structured
 * clone of small objects costs, because the row is handed over and not copied.
 */
export interface PackedData {
  readonly row: Int32Array<ArrayBuffer>;
  readonly strings: readonly string[];
  readonly shapes: readonly (readonly string[])[];
}

/** What comes next in the row; from `shape` on, an object of the shape of that number. */
const TAG = {
  int: 0,
  number: 1,
  bigint: 2,
  string: 3,
  null: 4,
  undefined: 5,
  true: 6,
  false: 7,
  array: 8,
  span: 9,
  shape: 10,
} as const;

/** Takes numbers, strings, booleans, bigints, null, undefined, arrays and plain objects. */
export function pack(data: unknown): PackedData {
  const row = growingRow();
  const strings = numbering<string>();
  const shapes = numbering<string>();
  const properties: string[][] = [];
  const write = (value: unknown): void => {
    if (typeof value === 'string') row.add(TAG.string, strings.numberOf(value));
    else if (typeof value === 'number') writeNumber(value);
    else if (typeof value === 'boolean') row.add(value ? TAG.true : TAG.false);
    else if (value === null) row.add(TAG.null);
    else if (value === undefined) row.add(TAG.undefined);
    else if (typeof value === 'bigint') row.add(TAG.bigint, strings.numberOf(String(value)));
    else if (Array.isArray(value)) writeArray(value);
    else writeObject(value as Readonly<Record<string, unknown>>);
  };
  const writeNumber = (value: number): void => {
    if (isSmallInteger(value)) row.add(TAG.int, value);
    else row.add(TAG.number, strings.numberOf(Object.is(value, -0) ? '-0' : String(value)));
  };
  const writeArray = (items: readonly unknown[]): void => {
    row.add(TAG.array, items.length);
    for (const item of items) write(item);
  };
  const writeObject = (value: Readonly<Record<string, unknown>>): void => {
    const keys = Object.keys(value);
    if (isSpan(keys, value)) row.add(TAG.span, value.start, value.end);
    else writeProperties(keys, value);
  };
  const writeProperties = (keys: string[], value: Readonly<Record<string, unknown>>): void => {
    const shape = shapes.numberOf(keys.join());
    properties[shape] ??= keys;
    row.add(TAG.shape + shape);
    for (const key of keys) write(value[key]);
  };
  write(data);
  return { row: row.values(), strings: strings.all, shapes: properties };
}

/** The data again; all empty arrays in it are one, so it must not be written to. */
export function unpack({ row, strings, shapes }: PackedData): unknown {
  let at = 0;
  const next = (): number => row[at++] ?? 0;
  const text = (): string => strings[next()] ?? '';
  const read = (): unknown => {
    const tag = next();
    switch (tag) {
      case TAG.int:
        return next();
      case TAG.number:
        return Number(text());
      case TAG.bigint:
        return BigInt(text());
      case TAG.string:
        return text();
      case TAG.null:
        return null;
      case TAG.undefined:
        return undefined;
      case TAG.true:
        return true;
      case TAG.false:
        return false;
      case TAG.array:
        return readArray(next());
      case TAG.span:
        return { start: next(), end: next() };
      default:
        return readObject(shapes[tag - TAG.shape] ?? []);
    }
  };
  const readArray = (length: number): readonly unknown[] => {
    if (length === 0) return NOTHING;
    const items = new Array<unknown>(length);
    for (let index = 0; index < length; index++) items[index] = read();
    return items;
  };
  const readObject = (keys: readonly string[]): unknown => {
    const value: Record<string, unknown> = {};
    for (const key of keys) value[key] = read();
    return value;
  };
  return read();
}

const NOTHING: readonly unknown[] = Object.freeze([]);

/** Every third object of facts is a span, so it has a tag of its own. */
function isSpan(
  keys: readonly string[],
  value: Readonly<Record<string, unknown>>,
): value is { start: number; end: number } {
  if (keys.length !== 2 || keys[0] !== 'start' || keys[1] !== 'end') return false;
  return isSmallInteger(value.start) && isSmallInteger(value.end);
}

function isSmallInteger(value: unknown): value is number {
  return typeof value === 'number' && Object.is(value | 0, value);
}

function numbering<Key>() {
  const numbers = new Map<Key, number>();
  const all: Key[] = [];
  return {
    all,
    numberOf: (key: Key): number => {
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, all.length);
      return all.push(key) - 1;
    },
  };
}

function growingRow() {
  let values = new Int32Array(1 << 16);
  let length = 0;
  const push = (value: number): void => {
    if (length === values.length) values = grown(values);
    values[length++] = value;
  };
  return {
    add: (a: number, b?: number, c?: number): void => {
      push(a);
      if (b !== undefined) push(b);
      if (c !== undefined) push(c);
    },
    values: (): Int32Array<ArrayBuffer> => values.slice(0, length),
  };
}

function grown(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const next = new Int32Array(values.length * 2);
  next.set(values);
  return next;
}
