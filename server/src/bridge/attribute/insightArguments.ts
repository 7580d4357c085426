import { isDeepStrictEqual } from 'node:util';
import { isObject } from '#shared/jsonObject.ts';
import type { SentWay } from '#sql/sentWays.ts';

/** What Prisma's query insights write into a comment: the call, and its arguments with `{"$type":"Param"}` in the place of values. */
export interface InsightQuery {
  /** `User.findMany`, as the client calls it. */
  readonly name: string;
  /** What the client's engine may call so. */
  readonly operations: readonly string[];
  /** Null where they are not told or cannot be read. */
  readonly args: unknown;
}

/** Reads `User.findMany:<base64url>`; null for what is none. */
export function insightQuery(tag: string): InsightQuery | null {
  const [, model, action, encoded] = /^([A-Za-z_]\w*)\.([a-z]\w*)(?::([\w=-]*))?$/.exec(tag) ?? [];
  if (model === undefined || action === undefined) return null;
  const operations = OPERATIONS[action] ?? [action];
  return {
    name: `${model}.${operations[0]}`,
    operations: operations.map((each) => `${model}.${each}`),
    args: decoded(encoded),
  };
}

/** The engine's names for what the client calls otherwise. */
const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  createOne: ['create'],
  updateOne: ['update'],
  upsertOne: ['upsert'],
  deleteOne: ['delete'],
  aggregate: ['aggregate', 'count'],
};

function decoded(text: string | undefined): unknown {
  if (!text) return null;
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/** Whether a way to make a call may have these arguments. */
export function mayBeArguments({ args, other }: SentWay, told: unknown): boolean {
  return args === null || mayBe(args, other, told);
}

function mayBe(usual: unknown, other: unknown, told: unknown): boolean {
  if (usual === undefined || told === undefined) return usual === told;
  if (isParameter(told)) return usual !== null || !isDeepStrictEqual(usual, other);
  if (Array.isArray(told)) return listMayBe(usual, other, told);
  if (isObject(told))
    return isObject(usual) ? objectMayBe(usual, isObject(other) ? other : null, told) : mayBeObject(usual);
  if (isObject(usual) || Array.isArray(usual)) return false;
  return !isDeepStrictEqual(usual, other) || usual === told || typeof usual === 'symbol';
}

/** The length of lists is seldom known: a `map` counts as one element. */
function listMayBe(usual: unknown, other: unknown, told: readonly unknown[]): boolean {
  const list = Array.isArray(usual) ? usual : [usual];
  if (list.length !== told.length) return list.length > 0;
  const others = Array.isArray(other) ? other : [other];
  return told.every((each, index) => mayBe(list[index], others[index], each));
}

function objectMayBe(
  usual: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>> | null,
  told: Readonly<Record<string, unknown>>,
): boolean {
  const keys = new Set([...Object.keys(usual), ...Object.keys(told)]);
  return [...keys].every((key) => mayBe(usual[key], other?.[key], told[key]));
}

/** JSON, dates and the like are values that a text may stand for. */
function mayBeObject(usual: unknown): boolean {
  return typeof usual !== 'boolean' && typeof usual !== 'number';
}

function isParameter(value: unknown): boolean {
  return isObject(value) && value.$type === 'Param';
}
