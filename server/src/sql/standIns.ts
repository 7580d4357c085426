import { isDeepStrictEqual } from 'node:util';
import type { EnumModel, ScalarField, SchemaModel } from '#schema/schemaModel.ts';

/** Values that stand for what only the run knows; the same expression always gets the same one, because Prisma compares some. */
export interface StandIns {
  /** A value of the field's type for an expression named by `identity`. */
  scalar(field: ScalarField, identity: string): unknown;
  /** A value of one of Prisma's scalar types. */
  ofType(type: string, identity: string): unknown;
}

/**
 * Afresh for each shape of a call, so that equal shapes have equal values; `other` gives values of which none is the usual one, as far as
 * there are two of the type: what is the same with both is said by the code.
 */
export function createStandIns(schema: SchemaModel, other = false): StandIns {
  const numbers = new Map<string, number>();
  const numberOf = (identity: string) => {
    const number = numbers.get(identity) ?? numbers.size + 1;
    numbers.set(identity, number);
    return number;
  };
  const ofType = (type: string, identity: string) =>
    standInOf(type, numberOf(identity) + (other ? OTHERS : 0), schema.enums.get(type));
  return { ofType, scalar: ({ type }, identity) => ofType(type, identity) };
}

/** Far from the small numbers and short texts people write. */
const FIRST_NUMBER = 7000;

/** More than one call has values. */
const OTHERS = 1000;

function standInOf(type: string, number: number, enumeration: EnumModel | undefined): unknown {
  const isOther = number > OTHERS;
  if (enumeration) return enumeration.values[isOther ? 1 : 0] ?? enumeration.values[0] ?? null;
  switch (type) {
    case 'Int':
      return FIRST_NUMBER + number;
    case 'BigInt':
      return BigInt(FIRST_NUMBER + number);
    case 'Float':
      return FIRST_NUMBER + number + 0.5;
    case 'Decimal':
      return `${FIRST_NUMBER + number}.5`;
    case 'Boolean':
      return !isOther;
    case 'DateTime':
      return new Date(Date.UTC(2000, 0, number));
    case 'Json':
      return { value: number };
    case 'Bytes':
      return new Uint8Array(isOther ? [number - OTHERS, 1] : [number]);
    default:
      return `value${number}`;
  }
}

/** Whether a value of a plan may hold a stand-in; what people write so is taken for one, too. */
export function isStandIn(value: unknown): boolean {
  return typeof value === 'symbol' || /value\d|(?<!\d)7\d{3}(?!\d)|2000-0[1-9]-/.test(String(value));
}

/** Whether all that is different with other values can be told from what people write by itself. */
export function isMarked(usual: unknown, other: unknown): boolean {
  if (isDeepStrictEqual(usual, other)) return true;
  if (Array.isArray(usual)) return Array.isArray(other) && everyMarked(usual, other);
  if (usual instanceof Date) return true;
  if (isPlain(usual) && isPlain(other))
    return everyMarked(
      Object.values(usual),
      Object.keys(usual).map((key) => other[key]),
    );
  return (typeof usual === 'string' || typeof usual === 'number' || typeof usual === 'bigint') && isStandIn(usual);
}

function everyMarked(usual: readonly unknown[], other: readonly unknown[]): boolean {
  return usual.length === other.length && usual.every((each, index) => isMarked(each, other[index]));
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
