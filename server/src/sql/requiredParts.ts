import type { Operation } from '#graph/operations.ts';
import type { Field, Model, RelationField, ScalarField, SchemaModel } from '#schema/schemaModel.ts';
import type { Arguments } from './clientArguments.ts';
import type { StandIns } from './standIns.ts';
import { compoundKeys, uniqueNames } from './uniqueKeys.ts';

/** What putting in required parts needs to know and to tell. */
export interface Completion {
  readonly schema: SchemaModel;
  readonly standIns: StandIns;
  /** Whether something at a path, or above or inside it, could not be followed. */
  isLost(path: string): boolean;
  /** Paths of keys that are written down and have no value in this shape. */
  readonly leftOut: ReadonlySet<string>;
  /** Told of what was put in: `where by id`, `data with its required fields`. */
  readonly assumed: (text: string) => void;
}

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
  if (/^create/.test(operation)) put('data', createData(completion, model, args.data, 'data', operation === 'create'));
  if (/^update/.test(operation)) put('data', updateData(completion, model, args.data, 'data'));
  if (operation === 'upsert') {
    put('create', createData(completion, model, args.create, 'create', true));
    put('update', updateData(completion, model, args.update, 'update'));
  }
  return result;
}

function uniqueWhere({ isLost, assumed, standIns }: Completion, model: Model, where: unknown): unknown {
  const given = isRecord(where) ? where : {};
  if (uniqueNames(model).some((name) => given[name] !== undefined && given[name] !== null) || !isLost('where'))
    return where;
  const key = keyOf(model);
  if (!key) return where;
  assumed(`where by ${key.fields.join(', ')}`);
  const values = Object.fromEntries(key.fields.map((name) => [name, standInFor(standIns, model, name, 'where')]));
  return { ...given, ...(key.name === null ? values : { [key.name]: values }) };
}

/** The id, else the first unique key. */
function keyOf(model: Model): { readonly name: string | null; readonly fields: readonly string[] } | null {
  const scalars = [...model.fields.values()].filter((field) => field.kind !== 'relation');
  const single = scalars.find(({ id }) => id);
  const [compound] = compoundKeys(model);
  const unique = single ?? (compound ? undefined : scalars.find((field) => field.unique));
  if (unique) return { name: null, fields: [unique.name] };
  return compound ? { name: compound.name, fields: compound.fields } : null;
}

function createData(completion: Completion, model: Model, data: unknown, path: string, nests: boolean): unknown {
  if (Array.isArray(data) && data.length > 0)
    return data.map((row, index) => createData(completion, model, row, `${path}[${index}]`, nests));
  const given = isRecord(data) ? data : {};
  const missing = nests ? missingParts(completion, model, given) : missingScalars(completion, model, given);
  const wanted = completion.isLost(path) ? missing : writtenAnyway(completion, missing, path);
  const names = Object.keys(wanted);
  if (names.length === 0 && isRecord(data)) return data;
  if (!completion.isLost(path)) return names.length > 0 ? { ...given, ...wanted } : data;
  completion.assumed(
    isRecord(data) ? names.map((name) => `${path}.${name}`).join(', ') : `${path} with the fields that are required`,
  );
  return { ...given, ...wanted };
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

/** An update of nothing would be none: one plain field stands for what is written. */
function updateData(completion: Completion, model: Model, data: unknown, path: string): unknown {
  const isEmpty = data === undefined || (isRecord(data) && Object.keys(data).length === 0);
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

function relationsOf(model: Model): readonly RelationField[] {
  return [...model.fields.values()].filter((field) => field.kind === 'relation');
}

function standInFor(standIns: StandIns, model: Model, name: string, part = ''): unknown {
  const field = model.fields.get(name);
  return field && field.kind !== 'relation'
    ? standIns.scalar(field, `required ${part} ${model.name}.${name}`)
    : undefined;
}

function isRecord(value: unknown): value is Arguments {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
