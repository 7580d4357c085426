import type { Model, SchemaModel } from '#schema/schemaModel.ts';
import type { CallFact } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';
import type { Entities, Entity, Link, LinkedFile } from './entities.ts';
import { isOperation, OPERATIONS, type Operation } from './operations.ts';

/** What a call is, seen as a query: one, perhaps one that could not be tied to a model, or none (null). */
export type QueryVerdict =
  | {
      readonly kind: 'query';
      readonly schema: SchemaModel;
      readonly model: Model | null;
      readonly operation: Operation;
      readonly transaction: boolean;
    }
  | { readonly kind: 'unresolved'; readonly reason: string };

/** Operations no other common library has a method for. */
const PRISMA_ONLY: ReadonlySet<Operation> = new Set([
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
const WITHOUT_ARGUMENTS: ReadonlySet<Operation> = new Set([
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
  const entities = link.evaluate(file, receiver);
  if (OPERATIONS[operation] === 'raw') return rawVerdict(link, file, operation, receiver, entities);
  const known = knownReceiver(link, file, call, operation, entities);
  return known === undefined ? unknownReceiver(link, file, call, operation, receiver) : known;
}

/** The client a delegate was read from, as written; the root itself where the delegate was handed over. */
export function clientOf(call: CallFact): Reference {
  return dropped(call.callee, call.callee.path.at(-1)?.startsWith('$') ? 1 : 2);
}

function dropped({ root, path }: Reference, steps: number): Reference {
  return { root, path: path.slice(0, Math.max(0, path.length - steps)) };
}

function rawVerdict(
  link: Link,
  file: LinkedFile,
  operation: Operation,
  receiver: Reference,
  entities: Entities,
): QueryVerdict | null {
  const client = entities.find((entity) => entity.kind === 'client');
  if (!client && entities.some((entity) => entity.kind === 'package' && OTHER_LIBRARY.test(entity.name))) return null;
  const schema = client?.schema ?? link.schemas.near(file.path) ?? link.schemas.all[0];
  if (!schema) return unresolved('no Prisma schema was found');
  return {
    kind: 'query',
    schema,
    model: null,
    operation,
    transaction: client?.transaction ?? isTransactionName(file, receiver),
  };
}

/** Undefined where nothing is known of the receiver. */
function knownReceiver(
  link: Link,
  file: LinkedFile,
  call: CallFact,
  operation: Operation,
  entities: Entities,
): QueryVerdict | null | undefined {
  const delegates = entities.filter((entity) => entity.kind === 'delegate');
  const [first] = delegates;
  if (first) {
    const names = [...new Set(delegates.map(({ model }) => model.name))];
    if (names.length > 1) return unresolved(`the model is one of ${names.sort().join(', ')}, depending on the caller`);
    return { kind: 'query', schema: first.schema, model: first.model, operation, transaction: first.transaction };
  }
  if (entities.some((entity) => entity.kind === 'client')) return onClient(link, call, operation);
  if (entities.some(isOwnCode)) return null;
  return entities.some((entity) => entity.kind === 'package' && !mayHoldClient(file, call, entity)) ? null : undefined;
}

function onClient(link: Link, call: CallFact, operation: Operation): QueryVerdict | null {
  const step = call.callee.path.at(-2);
  if (step === undefined || !looksLikePrisma(operation, call.arguments, true)) return null;
  if (link.schemas.all.length === 0) return unresolved('no Prisma schema was found');
  return unresolved(`no schema has a model for '${step}'`);
}

/** By name alone: the step before is a delegate of the schema around, and nothing speaks against it. */
function unknownReceiver(
  link: Link,
  file: LinkedFile,
  call: CallFact,
  operation: Operation,
  receiver: Reference,
): QueryVerdict | null {
  const delegate = receiver.path.at(-1);
  const client = dropped(receiver, 1);
  const named = CLIENT_NAME.test(nameOf(file, client));
  if (delegate === undefined || receiver.root.kind === 'unknown' || delegate === '[]') {
    const typical = PRISMA_ONLY.has(operation) && hasPrismaKeys(call.arguments[0]);
    return typical ? unresolved('what the query is called on could not be followed') : null;
  }
  if (delegate === '?')
    return looksLikePrisma(operation, call.arguments, named) && (named || PRISMA_ONLY.has(operation))
      ? unresolved('the model is chosen at run time')
      : null;
  if (!looksLikePrisma(operation, call.arguments, named)) return null;
  const before = link.evaluate(file, client);
  if (before.some((entity) => entity.kind === 'package' && !mayHoldClient(file, call, entity))) return null;
  const found = link.schemas.delegate(file.path, delegate, null);
  if (found) return { kind: 'query', ...found, operation, transaction: isTransactionName(file, client) };
  const typical = PRISMA_ONLY.has(operation) && hasPrismaKeys(call.arguments[0]);
  if (!typical || !named) return null;
  return unresolved(
    link.schemas.all.length === 0 ? 'no Prisma schema was found' : `no schema has a model for '${delegate}'`,
  );
}

function isOwnCode(entity: Entity): boolean {
  return !['package', 'unparsed', 'generated', 'client', 'delegate'].includes(entity.kind);
}

/** A package of the same company may export the client; containers and contexts give out what they were given. */
function mayHoldClient(file: LinkedFile, call: CallFact, entity: Extract<Entity, { kind: 'package' }>): boolean {
  return !OTHER_LIBRARY.test(entity.name) && CLIENT_NAME.test(nameOf(file, clientOf(call)));
}

function looksLikePrisma(operation: Operation, given: readonly Value[], named: boolean): boolean {
  const [argument] = given;
  if (!argument) return WITHOUT_ARGUMENTS.has(operation);
  switch (argument.kind) {
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
  return (
    argument?.kind === 'object' &&
    argument.properties.some(
      (property) => property.kind === 'spread' || (property.kind === 'property' && ARGUMENT_KEYS.test(property.key)),
    )
  );
}

function isTransactionName(file: LinkedFile, client: Reference): boolean {
  return /^(?:tx|trx|transaction)$|Tx$|Trx$/.test(nameOf(file, client));
}

/** The last name a reader sees of a reference: a property, a variable, the function that gave it. */
function nameOf({ facts }: LinkedFile, { root, path }: Reference): string {
  const last = path.findLast((step) => step !== '[]');
  if (last !== undefined) return last;
  switch (root.kind) {
    case 'import':
      return facts.imports[root.import]?.local ?? '';
    case 'variable':
      return facts.variables[root.variable]?.name ?? '';
    case 'parameter':
      return facts.functions[root.function]?.parameters[root.index]?.name ?? '';
    case 'call': {
      const callee = facts.calls[root.call]?.callee;
      return callee ? nameOf({ facts } as LinkedFile, callee) : '';
    }
    case 'function':
      return facts.functions[root.function]?.name ?? '';
    case 'global':
      return root.name;
    default:
      return '';
  }
}

function unresolved(reason: string): QueryVerdict {
  return { kind: 'unresolved', reason };
}
