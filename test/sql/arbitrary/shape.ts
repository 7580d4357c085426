import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Field, Index, Model, RelationField, ScalarField, SchemaModel } from '#schema/schemaModel.ts';

/** What the generators ask of a schema. */
export function modelOf(schema: SchemaModel, name: string): Model {
  const model = schema.models.get(name);
  assert.ok(model, `no model ${name}`);
  return model;
}

export function scalarsOf({ fields }: Model): readonly ScalarField[] {
  return [...fields.values()].filter((field): field is ScalarField => !isRelation(field));
}

export function relationsOf({ fields }: Model): readonly RelationField[] {
  return [...fields.values()].filter(isRelation);
}

function isRelation(field: Field): field is RelationField {
  return field.kind === 'relation';
}

/** The ways in which one row of a model is named: the key as Prisma writes it, and its columns. */
export function keysOf(model: Model): readonly Key[] {
  const single = scalarsOf(model).filter(({ id, unique }) => id || unique);
  const several = model.indexes.filter(({ kind, fields }) => (kind === 'id' || kind === 'unique') && fields.length > 1);
  return [
    ...single.map((field) => ({ name: null, columns: [field] })),
    ...several.map((index) => ({ name: nameOf(index), columns: columnsOf(model, index) })),
  ];
}

export interface Key {
  /** Null for a key of one column. */
  readonly name: string | null;
  readonly columns: readonly ScalarField[];
}

function nameOf({ name, fields }: Index): string {
  return name ?? fields.map((field) => field.name).join('_');
}

function columnsOf(model: Model, { fields }: Index): readonly ScalarField[] {
  return scalarsOf(model).filter(({ name }) => fields.some((field) => field.name === name));
}

/** The field on the other side of a relation. */
export function oppositeOf(schema: SchemaModel, model: Model, relation: RelationField): RelationField | undefined {
  return relationsOf(modelOf(schema, relation.type)).find(
    (other) =>
      other.relationName === relation.relationName &&
      other.type === model.name &&
      (relation.type !== model.name || other.name !== relation.name),
  );
}

/** The value of a function for each pair of arguments, made once: generators refer to each other in circles. */
export function once<Made>(make: (model: Model, depth: number) => fc.Arbitrary<Made>) {
  const made = new Map<string, fc.Arbitrary<Made>>();
  return (model: Model, depth: number): fc.Arbitrary<Made> => {
    const key = `${model.name} ${depth}`;
    const known = made.get(key) ?? fc.noBias(make(model, depth));
    made.set(key, known);
    return known;
  };
}
