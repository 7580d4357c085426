import type { FoldedValue } from '#sql/canonical/foldedValues.ts';
import type { SentConstant } from '#sql/sentWays.ts';

/** For each `?` of a statement what the code puts in there: several where a list or rows were folded, null for a value it does not say. */
export type ConstantPlaces = readonly (readonly (SentConstant | null)[])[];

/** For each `?` of an execution what was there: undefined for what the log does not say. */
export type ValuePlaces = readonly (readonly (string | null | undefined)[])[];

/** What the code says of each place of a compiled statement. */
export function constantPlaces(
  values: readonly (readonly FoldedValue[])[],
  constants: readonly (SentConstant | null)[],
): ConstantPlaces {
  const constantOf = (value: FoldedValue): SentConstant | null => {
    if (typeof value === 'number') return constants[value - 1] ?? null;
    return { value, type: null };
  };
  return values.map((place) => place.map(constantOf));
}

/** What a log says of each place: literals in the text, and parameters where it has them. */
export function valuePlaces(
  values: readonly (readonly FoldedValue[])[],
  parameters: readonly (string | null)[] | undefined,
): ValuePlaces {
  const shownAs = (value: FoldedValue) => (typeof value === 'number' ? parameters?.[value - 1] : value);
  return values.map((place) => place.map(shownAs));
}

/** Whether the code puts in something else than what was sent; what is not known contradicts nothing. */
export function contradicts(constants: ConstantPlaces, sent: ValuePlaces, isInsert: boolean): boolean {
  if (constants.length !== sent.length) return false;
  return constants.some((place, index) => {
    const values = sent[index] ?? [];
    return isInsert ? rowsContradict(place, values) : listContradicts(place, values);
  });
}

type Known = readonly (SentConstant | null)[];
type Sent = readonly (string | null | undefined)[];

/** Rows have the same columns in the same order, however many there are. */
function rowsContradict(row: Known, values: Sent): boolean {
  if (row.length === 0 || values.length % row.length !== 0) return false;
  return values.some((value, index) => {
    const known = row[index % row.length];
    return known != null && value !== undefined && !mayBe(known, value);
  });
}

/** A list may come in another order, and with elements only the run knows. */
function listContradicts(list: Known, values: Sent): boolean {
  if (values.includes(undefined)) return false;
  const known = list.filter((each) => each !== null);
  const missing = known.some((each) => !values.some((value) => value !== undefined && mayBe(each, value)));
  const unexpected =
    known.length === list.length &&
    values.some((value) => value !== undefined && !known.some((each) => mayBe(each, value)));
  return missing || unexpected;
}

/** Whether what a log shows may be this constant; of types that every database and log writes in its own way anything may be. */
function mayBe({ value, type }: SentConstant, shown: string | null): boolean {
  if (value === null || shown === null) return value === shown;
  if (typeof value === 'boolean' || type === 'boolean') return truthOf(String(value)) === truthOf(shown);
  if (isNumeric(String(value)) && isNumeric(shown)) return Math.abs(Number(value)) === Math.abs(Number(shown));
  if (type !== null && NUMBERS.has(type)) return !isNumeric(shown);
  return type === null || type === 'string' || type === 'enum' ? sameText(String(value), shown) : true;
}

const NUMBERS: ReadonlySet<string> = new Set(['int', 'bigint', 'float', 'double', 'decimal']);

function isNumeric(text: string): boolean {
  return /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text);
}

function truthOf(text: string): boolean {
  return /^(?:t|true|1|b'1')$/i.test(text);
}

/** Servers cut long values off, and say so by dots. */
const CUT = '...';

function sameText(text: string, shown: string): boolean {
  return shown.endsWith(CUT) ? text.startsWith(shown.slice(0, -CUT.length)) || text === shown : text === shown;
}
