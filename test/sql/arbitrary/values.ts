import fc from 'fast-check';
import type { ScalarField, SchemaModel } from '#schema/schemaModel.ts';

/** Values of a field, most of them such that rows with them are there. */
export function fieldValue(schema: SchemaModel, field: ScalarField): fc.Arbitrary<unknown> {
  const value = elementValue(schema, field);
  return field.list ? fc.array(value, { maxLength: 3 }) : value;
}

/** A value of the field's type, one of several where the field is a list. */
export function elementValue(schema: SchemaModel, { type, nativeType }: ScalarField): fc.Arbitrary<unknown> {
  const values = schema.enums.get(type)?.values;
  if (values) return fc.constantFrom(...values);
  return nativeType === 'Uuid' ? UUIDS : (VALUES[type] ?? fc.constant(null));
}

/** A value no row has yet, where the column takes one only once. */
export function freshFieldValue(schema: SchemaModel, field: ScalarField): fc.Arbitrary<unknown> {
  if (!field.unique && !field.id) return fieldValue(schema, field);
  const number = fc.integer({ min: 1000, max: 2_000_000_000 });
  if (field.type === 'Int') return number;
  if (field.nativeType === 'Uuid') return fc.uuid();
  return field.type === 'String' ? number.map((value) => `new${value}`) : fieldValue(schema, field);
}

/** Whether `null` may be written or asked for. */
export function mayBeNull({ required, list, type }: ScalarField): boolean {
  return !required && !list && type !== 'Json';
}

const UUIDS = fc.constantFrom(...[1, 2, 3, 4].map((number) => `00000000-0000-4000-8000-00000000000${number}`));
const TEXTS = ['Ada', 'prose', 'First', 'a', '', "it's", '%', 'p1', 'i1', 'ada@example.org', 'new\nline', 'é'];
const JSON_VALUES = [{ a: 1 }, { a: { b: [1, null, 'x'] } }, [1, 2], 'text', 0, true];

const VALUES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  Int: fc.integer({ min: 0, max: 5 }),
  BigInt: fc.oneof(fc.bigInt(0n, 400n), fc.constantFrom(90, 2n ** 60n)),
  Float: fc.constantFrom(0, 1, 4.5, -2.25, 1e20),
  Decimal: fc.constantFrom(0, 7, '9.50', 12.25, '-1'),
  Boolean: fc.boolean(),
  String: fc.constantFrom(...TEXTS),
  DateTime: fc.constantFrom(new Date(0), new Date('2024-05-06T07:08:09.123Z'), '2030-01-01T00:00:00.000Z'),
  Json: fc.constantFrom(...JSON_VALUES),
  Bytes: fc.constantFrom(new Uint8Array([1, 2]), new Uint8Array([255])),
};
