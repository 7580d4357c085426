import type { Operation } from '#graph/operations.ts';
import type { Model, ScalarField } from '#schema/schemaModel.ts';
import { isObject } from '#shared/jsonObject.ts';
import type { Arguments } from './clientArguments.ts';
import { type Completion, relationsOf, standInFor } from './completion.ts';
import { requiredRows } from './requiredRows.ts';
import { keyOf, uniqueNames } from './uniqueKeys.ts';

const FINDS_ONE: ReadonlySet<Operation> = new Set([
  'findUnique',
  'findUniqueOrThrow',
  'update',
  'upsert',
  'delete',
] satisfies Operation[]);

/**
 * The arguments with stand-ins for required parts that could not be followed, where the schema leaves no doubt about their shape;
 * what the code itself leaves out stays out, so that an impossible call stays one.
 */
export function withRequiredParts(
  completion: Completion,
  model: Model,
  operation: Operation,
  args: Arguments,
): Arguments {
  const result: Record<string, unknown> = { ...args };
  const put = (key: string, value: unknown) => {
    if (value !== undefined) result[key] = value;
  };
  if (FINDS_ONE.has(operation)) put('where', uniqueWhere(completion, model, args.where));
  if (/^create/.test(operation))
    put('data', requiredRows(completion, model, args.data, 'data', { nests: operation === 'create' }));
  if (/^update/.test(operation)) put('data', updateData(completion, model, args.data, 'data'));
  if (operation === 'upsert') {
    put('create', requiredRows(completion, model, args.create, 'create', { nests: true }));
    put('update', updateData(completion, model, args.update, 'update'));
  }
  return result;
}

function uniqueWhere({ isLost, assumed, standIns }: Completion, model: Model, where: unknown): unknown {
  const given = isObject(where) ? where : {};
  if (uniqueNames(model).some((name) => given[name] !== undefined && given[name] !== null) || !isLost('where'))
    return where;
  const key = keyOf(model);
  if (!key) return where;
  assumed(`where by ${key.fields.join(', ')}`);
  const values = Object.fromEntries(key.fields.map((name) => [name, standInFor(standIns, model, name, 'where')]));
  return { ...given, ...(key.name === null ? values : { [key.name]: values }) };
}

/** An update of nothing would be none: one plain field stands for what is written. */
function updateData(completion: Completion, model: Model, data: unknown, path: string): unknown {
  const isEmpty = data === undefined || (isObject(data) && Object.keys(data).length === 0);
  const field = isEmpty && completion.isLost(path) ? plainField(model) : undefined;
  if (!field) return data;
  completion.assumed(`${path}.${field.name} for the fields that are written`);
  return { [field.name]: standInFor(completion.standIns, model, field.name) };
}

function plainField(model: Model): ScalarField | undefined {
  const keys = new Set(model.indexes.flatMap(({ fields }) => fields.map(({ name }) => name)));
  const relations = new Set(relationsOf(model).flatMap(({ foreignKey }) => foreignKey));
  const plain = [...model.fields.values()].filter((field) => field.kind !== 'relation');
  const free = plain.filter(({ name, id, list }) => !id && !list && !relations.has(name));
  return (
    free.find(({ name, type }) => !keys.has(name) && type === 'String') ??
    free.find(({ name }) => !keys.has(name)) ??
    free[0]
  );
}
