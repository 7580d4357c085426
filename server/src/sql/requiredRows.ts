import type { Field, Model, RelationField, ScalarField } from '#schema/schemaModel.ts';
import { isObject } from '#shared/jsonObject.ts';
import type { Arguments } from './clientArguments.ts';
import { type Completion, relationsOf, standInFor } from './completion.ts';
import { keyOf } from './uniqueKeys.ts';

/** What the place of a row in a call allows and gives. */
export interface RowSurroundings {
  /** Rows of relations may be created with it, as not in a list of rows. */
  readonly nests: boolean;
  readonly without?: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();

/** The rows a call creates, with what is required of each; `without` names what the row around it gives. */
export function requiredRows(
  completion: Completion,
  model: Model,
  data: unknown,
  path: string,
  { nests, without = NOTHING }: RowSurroundings,
): unknown {
  if (Array.isArray(data) && data.length > 0)
    return data.map((row, index) => requiredRows(completion, model, row, `${path}[${index}]`, { nests, without }));
  const given = isObject(data) ? { ...data, ...nestedRows(completion, model, data, path) } : {};
  const all = nests ? missingParts(completion, model, given) : missingScalars(completion, model, given);
  const missing = Object.fromEntries(Object.entries(all).filter(([name]) => !without.has(name)));
  const wanted = completion.isLost(path) ? missing : writtenAnyway(completion, missing, path);
  const names = Object.keys(wanted);
  if (names.length === 0 && isObject(data)) return given;
  if (!completion.isLost(path)) return isObject(data) || names.length > 0 ? { ...given, ...wanted } : data;
  completion.assumed(
    isObject(data) ? names.map((name) => `${path}.${name}`).join(', ') : `${path} with the fields that are required`,
  );
  return { ...given, ...wanted };
}

/** Rows that are created with the one they belong to. */
function nestedRows(completion: Completion, model: Model, given: Arguments, path: string): Arguments {
  const nested = relationsOf(model).flatMap((field) => {
    const value = given[field.name];
    const other = completion.schema.models.get(field.type);
    if (!other || !isObject(value)) return [];
    const without = new Set(backKeys(other, field));
    const at = `${path}.${field.name}`;
    const rows = (data: unknown, key: string, nests: boolean) =>
      requiredRows(completion, other, data, `${at}.${key}`, { nests, without });
    const { create, createMany } = value;
    const made = create === undefined ? {} : { create: rows(create, 'create', true) };
    if (!isObject(createMany) && !completion.isLost(`${at}.createMany`))
      return [[field.name, { ...value, ...made }] as const];
    const many = isObject(createMany) ? createMany : {};
    return [
      [
        field.name,
        { ...value, ...made, createMany: { ...many, data: rows(many.data, 'createMany.data', false) } },
      ] as const,
    ];
  });
  return Object.fromEntries(nested);
}

/** What points back from the other side: the client fills it in. */
function backKeys(other: Model, { relationName }: RelationField): readonly string[] {
  const back = relationsOf(other).filter((field) => field.relationName === relationName && field.foreignKey.length > 0);
  return back.flatMap((field) => [field.name, ...field.foreignKey]);
}

/** A required field whose value may be missing by its type has got a default on its way. */
function writtenAnyway({ leftOut }: Completion, missing: Arguments, path: string): Arguments {
  return Object.fromEntries(Object.entries(missing).filter(([name]) => leftOut.has(`${path}.${name}`)));
}

/** Rows are made from foreign keys, or from connected rows where the code does so elsewhere in the same data. */
function missingParts(completion: Completion, model: Model, given: Arguments): Arguments {
  const connects = relationsOf(model).some((field) => field.foreignKey.length > 0 && given[field.name] !== undefined);
  if (!connects) return missingScalars(completion, model, given);
  const keys = new Set(relationsOf(model).flatMap(({ foreignKey }) => foreignKey));
  const own = Object.entries(missingScalars(completion, model, given)).filter(([name]) => !keys.has(name));
  const others = relationsOf(model).filter(
    (field) => field.required && field.foreignKey.length > 0 && given[field.name] === undefined,
  );
  return { ...Object.fromEntries(own), ...Object.fromEntries(others.flatMap((field) => connected(completion, field))) };
}

function connected({ schema, standIns }: Completion, field: RelationField): readonly [string, unknown][] {
  const other = schema.models.get(field.type);
  const key = other ? keyOf(other) : null;
  if (!other || !key) return [];
  const values = Object.fromEntries(key.fields.map((name) => [name, standInFor(standIns, other, name)]));
  return [[field.name, { connect: key.name === null ? values : { [key.name]: values } }]];
}

function missingScalars({ standIns }: Completion, model: Model, given: Arguments): Arguments {
  const required = [...model.fields.values()].filter(isRequiredScalar).filter(({ name }) => given[name] === undefined);
  return Object.fromEntries(required.map((field) => [field.name, standInFor(standIns, model, field.name)]));
}

function isRequiredScalar(field: Field): field is ScalarField {
  return field.kind !== 'relation' && field.required && !field.list && !field.hasDefault && !field.updatedAt;
}
