import type { Model, SchemaModel } from '#schema/schemaModel.ts';
import type { CallFact } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';
import type { DriverQuery } from '../drivers/driverQuery.ts';
import { isOperation, OPERATIONS, type Operation, type PrismaOperation } from '../operations.ts';
import { referenceName } from '../referenceName.ts';
import type { Entities, Entity, LinkedFile } from './entities.ts';
import type { Link } from './names.ts';

/** What a call is, seen as a query: one, perhaps one that could not be tied to a model, or none (null). */
export type QueryVerdict =
  | {
      readonly kind: 'query';
      readonly schema: SchemaModel;
      readonly model: Model | null;
      readonly operation: Operation;
      readonly transaction: boolean;
      readonly origin: string | null;
      /** Only where it is not sent by Prisma. */
      readonly driver?: DriverQuery;
    }
  | { readonly kind: 'unresolved'; readonly reason: string };

/** Operations no other common library has a method for. */
const PRISMA_ONLY: ReadonlySet<PrismaOperation> = new Set([
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'findMany',
  'createMany',
  'createManyAndReturn',
  'updateManyAndReturn',
  'upsert',
  'groupBy',
]);
/** Operations that make sense without arguments. */
const WITHOUT_ARGUMENTS: ReadonlySet<PrismaOperation> = new Set([
  'findMany',
  'findFirst',
  'findFirstOrThrow',
  'count',
  'deleteMany',
]);
const ARGUMENT_KEYS =
  /^(?:where|data|select|include|omit|orderBy|take|skip|cursor|distinct|create|update|by|having|_count|_sum|_avg|_min|_max|skipDuplicates|limit|relationLoadStrategy|cacheStrategy)$/;
const CLIENT_NAME = /prisma|^(?:db|tx|trx|orm|database|client|transaction|conn|connection|\$)$|(?:Db|Tx|Trx|DB)$/i;
/** Query builders and services whose methods are named like Prisma's. */
const OTHER_LIBRARY =
  /^(?:mongoose|mongodb|typeorm|sequelize|sequelize-typescript|knex|kysely|drizzle-orm|@mikro-orm\/.*|@supabase\/.*|stripe|better-auth|@clerk\/.*|firebase.*|@google-cloud\/.*|@aws-sdk\/.*|redis|ioredis|pg|mysql2?|slonik|objection|bookshelf|dexie|@planetscale\/.*|convex|@tanstack\/.*|@trpc\/.*|zod|yup|i18next|lodash.*)$/;

/** Decides from schema, receiver and arguments; the receiver's name counts only where nothing else is known of it. */
export function queryVerdict(link: Link, file: LinkedFile, call: CallFact): QueryVerdict | null {
  const operation = call.callee.path.at(-1);
  if (operation === undefined || !isOperation(operation) || call.kind === 'new' || call.kind === 'render') return null;
  const receiver = dropped(call.callee, 1);
  const client = clientOf(call);
  const named = CLIENT_NAME.test(referenceName(file.facts, client));
  const candidate = { link, file, operation, receiver, client, named, argument: settled(file, call.arguments[0]) };
  const entities = link.evaluate(file, receiver);
  if (OPERATIONS[operation] === 'raw') return rawVerdict(candidate, entities);
  const known = knownReceiver(candidate, entities);
  return known === undefined ? unknownReceiver(candidate) : known;
}

/** The client a delegate was read from, as written; the root itself where the delegate was handed over. */
export function clientOf(call: CallFact): Reference {
  return dropped(call.callee, call.callee.path.at(-1)?.startsWith('$') ? 1 : 2);
}

/** A call by an operation's name. */
interface Candidate {
  readonly link: Link;
  readonly file: LinkedFile;
  readonly operation: PrismaOperation;
  /** What the operation is called on, and what that was read from. */
  readonly receiver: Reference;
  readonly client: Reference;
  /** The client is called like one. */
  readonly named: boolean;
  readonly argument: Value | undefined;
}

function dropped({ root, path }: Reference, steps: number): Reference {
  return { root, path: path.slice(0, Math.max(0, path.length - steps)) };
}

/** Sees through a local constant. */
function settled({ facts }: LinkedFile, argument: Value | undefined): Value | undefined {
  if (argument?.kind !== 'reference' || argument.to.root.kind !== 'variable' || argument.to.path.length > 0)
    return argument;
  return facts.variables[argument.to.root.variable]?.init ?? argument;
}

function rawVerdict({ link, file, operation, receiver }: Candidate, entities: Entities): QueryVerdict | null {
  const client = entities.find((entity) => entity.kind === 'client');
  if (!client && entities.some((entity) => entity.kind === 'package' && OTHER_LIBRARY.test(entity.name))) return null;
  const schema = client?.schema ?? link.schemas.near(file.path) ?? link.schemas.all[0];
  if (!schema) return unresolved(NO_SCHEMA);
  const transaction = client?.transaction ?? isTransactionName(file, receiver);
  return { kind: 'query', schema, model: null, operation, transaction, origin: client?.origin ?? null };
}

/** Undefined where nothing is known of the receiver. */
function knownReceiver(candidate: Candidate, entities: Entities): QueryVerdict | null | undefined {
  const { operation } = candidate;
  const delegates = entities.filter((entity) => entity.kind === 'delegate');
  const [first] = delegates;
  if (first) {
    const names = [...new Set(delegates.map(({ model }) => model.name))];
    if (names.length > 1) return unresolved(`the model is one of ${names.sort().join(', ')}, depending on the caller`);
    const { schema, model, transaction, origin } = first;
    return { kind: 'query', schema, model, operation, transaction, origin };
  }
  if (entities.some((entity) => entity.kind === 'client')) {
    const step = candidate.receiver.path.at(-1);
    return step !== undefined && looksLikePrisma({ ...candidate, named: true }) ? noModel(candidate, step) : null;
  }
  if (entities.some(isOwnCode)) return null;
  return entities.some((entity) => isForeign(candidate, entity)) ? null : undefined;
}

/** By name alone: the step before is a delegate of the schema around, and nothing speaks against it. */
function unknownReceiver(candidate: Candidate): QueryVerdict | null {
  const { link, file, operation, receiver, client, named, argument } = candidate;
  const delegate = receiver.path.at(-1);
  const typical = PRISMA_ONLY.has(operation) && hasPrismaKeys(argument);
  if (delegate === undefined || delegate === '[]') {
    return typical ? unresolved('what the query is called on could not be followed') : null;
  }
  if (!looksLikePrisma(candidate)) return null;
  if (delegate === '?')
    return named || PRISMA_ONLY.has(operation) ? unresolved('the model is chosen at run time') : null;
  if (link.evaluate(file, client).some((entity) => isForeign(candidate, entity))) return null;
  const found = link.schemas.delegate(file.path, delegateName(receiver, delegate), null);
  if (found) return { kind: 'query', ...found, operation, transaction: isTransactionName(file, client), origin: null };
  return typical && named ? noModel(candidate, delegate) : null;
}

/** Frameworks that hand out delegates by their models' names put them into `entities`. */
function delegateName({ path }: Reference, step: string): string {
  return path.at(-2) === 'entities' ? step.charAt(0).toLowerCase() + step.slice(1) : step;
}

/** A capital tells another library: Prisma's delegates begin in lower case. */
function noModel({ link }: Candidate, delegate: string): QueryVerdict | null {
  if (/^[A-Z]/.test(delegate)) return null;
  return unresolved(link.schemas.all.length === 0 ? NO_SCHEMA : `no schema has a model for '${delegate}'`);
}

const NO_SCHEMA = 'no Prisma schema was found';

function isOwnCode(entity: Entity): boolean {
  return !['package', 'unparsed', 'generated', 'client', 'delegate'].includes(entity.kind);
}

/** Of another library, unless called like a client: a package of the same company may export one, contexts give out what they were given. */
function isForeign({ named }: Candidate, entity: Entity): boolean {
  return entity.kind === 'package' && (OTHER_LIBRARY.test(entity.name) || !named);
}

function looksLikePrisma({ operation, named, argument }: Candidate): boolean {
  switch (argument?.kind) {
    case undefined:
      return WITHOUT_ARGUMENTS.has(operation);
    case 'object':
      return argument.properties.length === 0 || hasPrismaKeys(argument);
    case 'literal':
    case 'template':
    case 'array':
    case 'function':
    case 'binary':
    case 'class':
      return false;
    default:
      return named || PRISMA_ONLY.has(operation);
  }
}

function hasPrismaKeys(argument: Value | undefined): boolean {
  if (argument?.kind !== 'object') return false;
  return argument.properties.some(
    (property) => property.kind === 'spread' || (property.kind === 'property' && ARGUMENT_KEYS.test(property.key)),
  );
}

function isTransactionName(file: LinkedFile, client: Reference): boolean {
  return /^(?:tx|trx|transaction)$|Tx$|Trx$/.test(referenceName(file.facts, client));
}

function unresolved(reason: string): QueryVerdict {
  return { kind: 'unresolved', reason };
}
