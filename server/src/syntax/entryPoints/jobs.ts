import type { ts } from 'ts-morph';
import {
  isCallExpression,
  isExpression,
  isFunctionDeclaration,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
} from '../compiler.ts';
import { isFunctionLiteral, receiverOf } from '../expressions.ts';
import { unwrap } from '../nodeKinds.ts';
import { calleeName, dottedName, keyOf, lastNameOf, literalText, memberOf } from '../nodeNames.ts';
import type { Draft, EntryContext } from './entry.ts';

/** Work that no request waits for: queue workers, schedules, messages, functions of a platform. */
export function* jobEntries(context: EntryContext): Generator<Draft> {
  for (const call of context.source.nodes.calls) {
    if (isNewExpression(call)) yield* workers(call);
    if (isCallExpression(call)) yield* scheduled(call);
  }
}

/** `new Worker('mail', async (job) => …)`, `new CronJob('* * * * *', fn)`, `new Cron('…', fn)`. */
function* workers(call: ts.NewExpression): Generator<Draft> {
  const name = lastNameOf(call.expression);
  if (!/^(?:Worker|CronJob|Cron|QueueWorker|ProxyWorker|AsyncTask|Task)$/.test(name)) return;
  const options = call.arguments?.map(unwrap).find(isObjectLiteralExpression);
  const handler = call.arguments?.[1] ?? null;
  const inOptions = options ? memberOf(options, 'onTick') : null;
  const run =
    inOptions ??
    (handler && literalText(handler) === null && !isObjectLiteralExpression(unwrap(handler)) ? handler : null);
  if (run) yield job(call, run, literalText(call.arguments?.[0]));
}

/** Calls by their last name: whether the receiver must look like a queue, and which argument runs. */
const NAMED_JOBS = new Set([
  'define',
  'process',
  'createFunction',
  'schedule',
  'scheduleJob',
  'eachMessage',
  'task',
  'schedules',
  'defineJob',
  'job',
  'work',
  'cron',
  'every',
  'consume',
  'createWorker',
  'defineWorker',
  'registerJob',
  'addJob',
]);
const RECEIVERS =
  /agenda|queue|boss|inngest|cron|schedule|worker|consumer|jobs?$|trigger|client|bull|quirrel|graphile|channel/i;

function* scheduled(call: ts.CallExpression): Generator<Draft> {
  const name = calleeName(call);
  const receiver = receiverOf(call);
  const callee = dottedName(call.expression);
  const fits =
    callee === 'task' ||
    callee === 'schedules.task' ||
    callee === 'schemaTask' ||
    callee === 'serverless' ||
    /^define(?:Job|Worker|Task)$|^createWorker$/.test(name)
      ? true
      : receiver !== null && NAMED_JOBS.has(name) && RECEIVERS.test(dottedName(receiver));
  if (fits) {
    const handler = runOf(call);
    if (handler) yield job(call, handler, nameOf(call));
  } else if (name === 'run' && receiver) yield* messageHandlers(call);
}

/** The last function among the arguments, or the one under `run`, `handler`, `eachMessage` in an object. */
function runOf(call: ts.CallExpression): ts.Node | null {
  const given = call.arguments.map(unwrap);
  const literal = given.findLast(isFunctionLiteral);
  if (literal) return literal;
  for (const argument of given)
    if (isObjectLiteralExpression(argument)) {
      const member = memberOf(argument, 'run') ?? memberOf(argument, 'handler') ?? memberOf(argument, 'process');
      if (member) return member;
    }
  return given.length > 1
    ? (given.findLast(
        (argument) => isIdentifier(argument) || isPropertyAccessExpression(argument) || isCallExpression(argument),
      ) ?? null)
    : null;
}

/** `consumer.run({ eachMessage: async ({ message }) => … })`. */
function* messageHandlers(call: ts.CallExpression): Generator<Draft> {
  const [options] = call.arguments;
  const object = options && unwrap(options);
  if (!object || !isObjectLiteralExpression(object)) return;
  for (const key of ['eachMessage', 'eachBatch']) {
    const handler = memberOf(object, key);
    if (handler) yield job(call, handler, null);
  }
}

function nameOf(call: ts.CallExpression): string | null {
  const [first] = call.arguments;
  const inner = first && unwrap(first);
  if (inner && isObjectLiteralExpression(inner))
    return literalText(memberOf(inner, 'id') ?? memberOf(inner, 'name') ?? undefined);
  return literalText(inner);
}

function job(call: ts.CallExpression | ts.NewExpression, handler: ts.Node, route: string | null): Draft {
  const at = isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression;
  return { framework: 'queue', kind: 'job', route, handler, at };
}

/** `export const handler = async (event) => …` of a function platform, and `http.createServer((req, res) => …)`. */
export function* serverEntries({ source, names }: EntryContext): Generator<Draft> {
  const exported = names.exports.get('handler');
  if (exported && isPlatformHandler(exported.definition, names.specifiers))
    yield { framework: 'other', kind: 'route', handler: exported.definition, at: exported.at };
  for (const call of source.nodes.calls) {
    if (!isCallExpression(call) || calleeName(call) !== 'createServer') continue;
    const handler = call.arguments.find((argument) => isFunctionLiteral(unwrap(argument)));
    if (handler) yield { framework: 'other', kind: 'route', handler, at: call.expression };
  }
}

/** Told by its type, by what it imports, or by an `event` it takes. */
function isPlatformHandler(definition: ts.Node, specifiers: ReadonlySet<string>): boolean {
  if (specifiers.values().some((each) => /aws-lambda|@netlify\/functions|@middy|@vercel/.test(each))) return true;
  const inner = isExpression(definition) ? unwrap(definition) : definition;
  const first = isFunctionDeclaration(inner) || isFunctionLiteral(inner) ? inner.parameters[0] : undefined;
  return first !== undefined && isIdentifier(first.name) && keyOf(first.name) === 'event';
}
