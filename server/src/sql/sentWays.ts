import { isDeepStrictEqual } from 'node:util';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { Model, PrismaVersion } from '#schema/schemaModel.ts';
import { type WholeArguments, wholeArguments } from './callArguments.ts';
import { type Arguments, engineArguments } from './clientArguments.ts';
import type { OpenedSchema } from './openSchema.ts';
import type { Call, PrismaCompiler, SqlProvider } from './prismaCompiler.ts';
import { type Leaf, leavesOf, type Surroundings } from './queryPlan.ts';
import { type PlacedArgument, placedArguments, renderTemplate } from './renderTemplate.ts';
import type { SiteSql } from './siteSql.ts';
import { isMarked, isStandIn } from './standIns.ts';

/** All a call may send, with the values that the code itself puts in: what tells it from others. */
export interface SentWays {
  /** Null where the SQL is not known. */
  readonly provider: SqlProvider | null;
  /** The project's; null where it is not known. */
  readonly version: PrismaVersion | null;
  /** Statements in the order in which they are sent, for each way the call may be made. */
  readonly ways: readonly SentWay[];
  /** What the client makes of several such lookups asked for in one tick. */
  readonly batched: readonly SentStatement[] | null;
  /** Paths of the arguments that lead out of what can be followed. */
  readonly lost: readonly string[];
  /** Whether something was put in for a part that is required and not known: the texts are not what is sent. */
  readonly assumed: boolean;
  /** Whether at least the first statement of each way is what is sent: only what is written into other tables afterwards is not known. */
  readonly begins: boolean;
  /** Whether nothing else can be sent. */
  readonly whole: boolean;
  /** Where the statements it begins with may differ from those that are known; null where they may in everything. */
  readonly unknownParts: ReadonlySet<StatementPart> | null;
}

/** A part of a statement that an argument of a call changes. */
export type StatementPart = 'where' | 'order' | 'limit';

export interface SentWay {
  readonly statements: readonly SentStatement[];
  /** The arguments as the client's engine gets them, and what they would be with other values: what is the same in both is said by the code. Null for raw SQL. */
  readonly args: Arguments | null;
  readonly other: Arguments | null;
}

export interface SentStatement extends Surroundings {
  readonly sql: string;
  /** By the places of parameters in the text; null where the code does not say the value. */
  readonly constants: readonly (SentConstant | null)[];
}

/** A value the code puts in; a text, a number, a truth value or null. */
export interface SentConstant {
  readonly value: string | number | bigint | boolean | null;
  /** What the plan says of it: `string`, `int`, `bigint`, `boolean`, …; null where it says nothing. */
  readonly type: string | null;
}

export const NOTHING_KNOWN: SentWays = {
  ...{
    provider: null,
    version: null,
    ways: [],
    batched: null,
    lost: [''],
    assumed: false,
    begins: false,
    whole: false,
    unknownParts: null,
  },
};

/** Of raw SQL no value is known that does not stand in the text. */
export function rawWays(sql: SiteSql): SentWays {
  if (!('variants' in sql)) return NOTHING_KNOWN;
  const ways = sql.variants.map(({ statements }) => ({
    statements: statements.map((statement) => ({ ...statement, constants: [] })),
    args: null,
    other: null,
  }));
  const whole = sql.lost.length === 0 && sql.furtherWays === 0;
  return {
    provider: sql.provider,
    version: null,
    ways,
    batched: null,
    lost: [],
    assumed: false,
    begins: whole,
    whole,
    unknownParts: null,
  };
}

/** Compiles every shape a call may have, twice where values are in it that the code does not say. */
export function sentWays(
  { compiler, provider }: Extract<OpenedSchema, { kind: 'open' }>,
  graph: ProjectGraph,
  site: QuerySite,
): SentWays {
  const { model, operation } = site;
  const read = wholeArguments(graph, site);
  if (!read || !model) return NOTHING_KNOWN;
  const call = (args: Arguments): Call => ({ model: model.name, operation, args });
  const asked = new Set<string>();
  const ways: SentWay[] = [];
  let refused = false;
  for (const { args, other } of read.shapes) {
    const [usual, changed] = [requestOf(compiler, call(args)), other && requestOf(compiler, call(other))];
    const key = `${usual}\n${changed}`;
    if (usual === null || asked.has(key)) continue;
    asked.add(key);
    const statements = compiled(compiler, usual, changed, isMarked(args, other));
    if (statements)
      ways.push({
        statements,
        args: engineArguments(operation, args),
        other: other && engineArguments(operation, other),
      });
    else refused = true;
  }
  const known = read.assumed.length === 0;
  return {
    provider,
    version: site.schema.prismaVersion,
    ways,
    batched: known ? batchedOf(compiler, site, call, read.shapes[0]?.args) : null,
    lost: read.lost,
    assumed: !known,
    begins: read.untried === 0 && read.lost.every((path) => isWrittenAfterwards(model, path)),
    whole: known && read.lost.length === 0 && read.untried === 0 && (!refused || ways.length > 0),
    unknownParts: ways.length > 0 ? unknownParts(read) : null,
  };
}

/** Rows of relations are read by statements of their own. */
const PARTS: Readonly<Record<string, readonly StatementPart[]>> = {
  where: ['where'],
  orderBy: ['order'],
  take: ['limit', 'order'],
  skip: ['limit', 'order'],
  cursor: ['where', 'order', 'limit'],
  include: [],
};

function unknownParts({ untried, varying, lost, assumed }: WholeArguments): ReadonlySet<StatementPart> | null {
  const among = untried === 0 ? [] : varying;
  return among && partsOf([...lost, ...assumed, ...among]);
}

function partsOf(paths: readonly string[]): ReadonlySet<StatementPart> | null {
  const parts = paths.map((path) => PARTS[/^\w*/.exec(path)?.[0] ?? '']);
  return parts.every((each) => each !== undefined) ? new Set(parts.flatMap((each) => each ?? [])) : null;
}

/** `data.items.create`: rows of other tables that name the row that is written. */
function isWrittenAfterwards(model: Model, path: string): boolean {
  const [data = '', name = '', action = ''] = path.split(/[.[\]]+/);
  const field = /^(?:data|create)$/.test(data) ? model.fields.get(name) : undefined;
  return field?.kind === 'relation' && field.list && /^create/.test(action);
}

/** Null where the client itself refuses the arguments. */
function requestOf(compiler: PrismaCompiler, call: Call): string | null {
  try {
    return compiler.request(call);
  } catch {
    return null;
  }
}

/** Null for what Prisma refuses: the call throws and sends nothing. */
function compiled(
  compiler: PrismaCompiler,
  usual: string,
  changed: string | null,
  marked: boolean,
): readonly SentStatement[] | null {
  try {
    const leaves = leavesOf(compiler.answer(usual));
    if (marked) return leaves.map((leaf) => sentStatement(leaf, leaf));
    const others = changed === usual ? leaves : changed === null ? null : otherLeaves(compiler, changed);
    return leaves.map((leaf, index) => sentStatement(leaf, others?.[index] ?? null));
  } catch {
    return null;
  }
}

function otherLeaves(compiler: PrismaCompiler, request: string): readonly Leaf[] | null {
  try {
    return leavesOf(compiler.answer(request));
  } catch {
    return null;
  }
}

function sentStatement({ template, ...leaf }: Leaf, other: Leaf | null): SentStatement {
  const sql = renderTemplate(template);
  const usual = placedArguments(template);
  const others = other && renderTemplate(other.template) === sql ? placedArguments(other.template) : [];
  return { ...leaf, sql, constants: usual.map((each, index) => constantOf(each, others[index])) };
}

function constantOf({ value, type }: PlacedArgument, other: PlacedArgument | undefined): SentConstant | null {
  if (!other || !isDeepStrictEqual(value, other.value) || isStandIn(value)) return null;
  if (value !== null && !/^(?:string|number|bigint|boolean)$/.test(typeof value)) return null;
  const { scalarType } = (type ?? {}) as { readonly scalarType?: unknown };
  return {
    value: value as SentConstant['value'],
    type: typeof scalarType === 'string' ? scalarType : null,
  };
}

/** Several lookups of one tick are sent together, be they of requests that know nothing of each other. */
function batchedOf(
  compiler: PrismaCompiler,
  { operation }: QuerySite,
  call: (args: Arguments) => Call,
  args: Arguments | undefined,
): readonly SentStatement[] | null {
  if (!/^findUnique/.test(operation) || !args) return null;
  try {
    const leaves = leavesOf(compiler.batchPlan([call(args), call(args)]));
    return leaves.map((leaf) => sentStatement(leaf, null));
  } catch {
    return null;
  }
}
