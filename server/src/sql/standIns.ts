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
