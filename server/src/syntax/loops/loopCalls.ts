import type { ts } from 'ts-morph';
import {
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteral,
} from '../compiler.ts';
import { isFunctionLiteral, numericLiteral, receiverOf, rootName, someWithin } from '../expressions.ts';
import { unwrap } from '../nodeKinds.ts';
import { lastNameOf } from '../nodeNames.ts';

/** A call that runs a function once per element. */
export interface Iteration {
  /** The list; null when it goes over something unnamed, like the rows of a stream. */
  readonly over: ts.Expression | null;
  readonly callback: ts.Expression;
  /** Which callback parameter is the element. */
  readonly element: number;
  /** What the call gives: the callback's results, (some of) the elements, one element, an accumulated value, or nothing of these. */
  readonly gives: 'results' | 'flat-results' | 'elements' | 'element' | 'accumulator' | 'none';
  /** Iterations start without waiting for each other. */
  readonly concurrent: boolean;
}

type Gives = Iteration['gives'];

const METHODS: ReadonlyMap<string, Gives> = new Map<string, Gives>([
  ['map', 'results'],
  ['flatMap', 'flat-results'],
  ['filter', 'elements'],
  ['find', 'element'],
  ['findLast', 'element'],
  ['findIndex', 'none'],
  ['findLastIndex', 'none'],
  ['forEach', 'none'],
  ['each', 'none'],
  ['some', 'none'],
  ['every', 'none'],
  ['reduce', 'accumulator'],
  ['reduceRight', 'accumulator'],
]);

/** Recognises array and iterator methods, `Array.from`, lodash, async, p-map and kindred helpers; null for any other call. */
export function iterationOf(call: ts.CallExpression): Iteration | null {
  if (call.arguments.length === 0) return null;
  const name = lastNameOf(call.expression);
  if (name === '') return null;
  const receiver = receiverOf(call);
  if (!receiver) return bareHelper(call, name);
  return (
    method(call, name, receiver) ??
    namespaced(call, name, receiver) ??
    pool(call, name, receiver) ??
    stream(call, name, receiver)
  );
}

function method(call: ts.CallExpression, name: string, receiver: ts.Expression): Iteration | null {
  const gives = METHODS.get(name);
  const [callback, second] = call.arguments;
  if (!gives || !callback || !isCallback(callback)) return null;
  if (isFunctionLiteral(second) && !isFunctionLiteral(callback)) return null;
  if (!isFunctionLiteral(callback) && NAMESPACES.has(rootName(receiver) ?? '')) return null;
  if (isNoList(receiver)) return null;
  const accumulates = gives === 'accumulator';
  const concurrent = accumulates ? !waitsForAccumulator(callback) : !isLimited(callback);
  return { over: receiver, callback, element: accumulates ? 1 : 0, gives, concurrent };
}

/** Conversions given by name are callbacks no query hides in. */
const CONVERSIONS = new Set(['Boolean', 'String', 'Number', 'BigInt', 'Symbol', 'parseInt', 'parseFloat', 'undefined']);

function isCallback(node: ts.Expression): boolean {
  const inner = unwrap(node);
  if (isIdentifier(inner)) return !CONVERSIONS.has(inner.text);
  return isFunctionLiteral(inner) || isPropertyAccessExpression(inner) || isBound(inner);
}

/** `this.load.bind(this)`. */
function isBound(node: ts.Expression): boolean {
  return isCallExpression(node) && lastNameOf(node.expression) === 'bind';
}

/** Roots whose `map`, `filter`, `some` go over no list: validators, options and results, tests. */
const NO_LIST_ROOTS = new Set([
  'z',
  'zod',
  'yup',
  'Yup',
  'Joi',
  'joi',
  'v',
  'vine',
  'superstruct',
  'Option',
  'Maybe',
  'Either',
  'Result',
  'ResultAsync',
  'TaskEither',
  'O',
  'E',
  'TE',
  'TO',
  'ok',
  'err',
  'okAsync',
  'errAsync',
  'some',
  'none',
  'right',
  'left',
  'Just',
  'Nothing',
  'Some',
  'None',
  'Ok',
  'Err',
  'Effect',
  'Layer',
  'Schema',
  'S',
  'test',
  'it',
  'describe',
  'jest',
  'vi',
  'expect',
  'cy',
]);

function isNoList(receiver: ts.Expression): boolean {
  const inner = unwrap(receiver);
  const root = rootName(inner);
  if (root?.endsWith('$')) return true;
  if (isPropertyAccessExpression(inner)) return inner.name.text.endsWith('$');
  if (isIdentifier(inner)) return false;
  return root !== null && NO_LIST_ROOTS.has(root) && startsWithCall(inner);
}

/** `z.object({})` and `ok(x)` are values made by the name; `v.items` is a list that happens to hang on a short name. */
function startsWithCall(node: ts.Expression): boolean {
  return someWithin(node, (each) => isCallExpression(each));
}

const NAMESPACES = new Set([
  '_',
  'lodash',
  'async',
  'Promise',
  'Bluebird',
  'BPromise',
  'BluebirdPromise',
  'Effect',
  'Array',
  'R',
  'Children',
]);

/** `_.map(xs, cb)`, `async.eachLimit(xs, 5, cb)`, `Promise.map(xs, cb)`, `Effect.forEach(xs, cb)`, `Array.from(xs, cb)`. */
function namespaced(call: ts.CallExpression, name: string, receiver: ts.Expression): Iteration | null {
  const inner = unwrap(receiver);
  const space = isIdentifier(inner) ? inner.text : isPropertyAccessExpression(inner) ? inner.name.text : '';
  const gives = NAMESPACED.get(name);
  if (!gives) return null;
  if (ARRAY_MAKERS.has(name) && space !== 'Array') return null;
  const [over] = call.arguments;
  if (!over) return null;
  if (space === 'R' && isFunctionLiteral(unwrap(over))) return reversed(call, gives);
  const callback = callbackAfterList(call, NAMESPACES.has(space));
  return callback ? helper(call, over, callback, gives, name) : null;
}

const ARRAY_MAKERS = new Set(['from', 'fromAsync']);

const NAMESPACED: ReadonlyMap<string, Gives> = new Map<string, Gives>([
  ...METHODS,
  ['from', 'results'],
  ['fromAsync', 'results'],
  ['mapSeries', 'results'],
  ['mapLimit', 'results'],
  ['mapValues', 'none'],
  ['concat', 'flat-results'],
  ['concatLimit', 'flat-results'],
  ['concatSeries', 'flat-results'],
  ['eachSeries', 'none'],
  ['eachLimit', 'none'],
  ['eachOf', 'none'],
  ['eachOfSeries', 'none'],
  ['eachOfLimit', 'none'],
  ['forEachOf', 'none'],
  ['forEachSeries', 'none'],
  ['forEachLimit', 'none'],
  ['filterSeries', 'elements'],
  ['filterLimit', 'elements'],
  ['forOwn', 'none'],
  ['times', 'none'],
]);

/** `R.map(cb, xs)`. */
function reversed(call: ts.CallExpression, gives: Gives): Iteration | null {
  const [callback, over] = call.arguments;
  return callback && over ? { over, callback, element: 0, gives, concurrent: true } : null;
}

/** Helpers that packages export under a name of their own; a plain `map(xs, cb)` is one of them. */
const BARE_HELPERS: ReadonlyMap<string, Gives> = new Map<string, Gives>([
  ...METHODS,
  ['pMap', 'results'],
  ['pEach', 'none'],
  ['pForEach', 'none'],
  ['pFilter', 'elements'],
  ['pMapSeries', 'results'],
  ['pEachSeries', 'none'],
  ['pReduce', 'accumulator'],
  ['pMapIterable', 'results'],
  ['asyncMap', 'results'],
  ['mapAsync', 'results'],
  ['asyncForEach', 'none'],
  ['forEachAsync', 'none'],
  ['asyncPool', 'results'],
  ['parallel', 'results'],
  ['mapSeries', 'results'],
  ['mapLimit', 'results'],
  ['eachSeries', 'none'],
  ['eachLimit', 'none'],
  ['eachOfLimit', 'none'],
  ['forEachSeries', 'none'],
  ['forEachLimit', 'none'],
  ['mapConcurrently', 'results'],
  ['mapWithConcurrency', 'results'],
  ['promiseMap', 'results'],
]);

function bareHelper(call: ts.CallExpression, name: string): Iteration | null {
  const gives = BARE_HELPERS.get(name);
  if (!gives || call.arguments.length < 2) return null;
  const limitFirst = name === 'parallel' || name === 'asyncPool';
  const over = call.arguments[limitFirst ? 1 : 0];
  if (!over || isFunctionLiteral(unwrap(over))) return null;
  const callback = callbackAfterList(call, !METHODS.has(name));
  return callback ? helper(call, over, callback, gives, name) : null;
}

/** The first function among the arguments after the list; one given by name counts when the helper is surely one. */
function callbackAfterList(call: ts.CallExpression, byName: boolean): ts.Expression | null {
  const rest = call.arguments.slice(1);
  const literal = rest.find((each) => isFunctionLiteral(unwrap(each)));
  if (literal || !byName) return literal ?? null;
  return rest.findLast((each) => isCallback(each)) ?? null;
}

function helper(
  call: ts.CallExpression,
  over: ts.Expression,
  callback: ts.Expression,
  gives: Gives,
  name: string,
): Iteration {
  const inTurn =
    /series|limit|pool|parallel|concurren|reduce/i.test(name) || hasConcurrency(call) || isLimited(callback);
  return { over, callback, element: gives === 'accumulator' ? 1 : 0, gives, concurrent: !inTurn };
}

/** `{ concurrency: 4 }` starts later elements only when earlier ones have ended; so does Effect without the option. */
function hasConcurrency(call: ts.CallExpression): boolean {
  const options = call.arguments.at(-1);
  const value = options && isObjectLiteralExpression(options) ? concurrencyOf(options) : null;
  if (rootName(call.expression) === 'Effect') return value === null || value.getText().includes('unbounded') === false;
  return value !== null && value.getText() !== 'Infinity';
}

function concurrencyOf(options: ts.ObjectLiteralExpression): ts.Node | null {
  for (const property of options.properties) {
    if (property.name && isIdentifier(property.name) && property.name.text === 'concurrency') {
      return isPropertyAssignment(property) ? property.initializer : property;
    }
  }
  return null;
}

/** `PromisePool.withConcurrency(4).for(xs).process(cb)`. */
function pool(call: ts.CallExpression, name: string, receiver: ts.Expression): Iteration | null {
  const [callback] = call.arguments;
  if (name !== 'process' || !callback || !isCallback(callback) || rootName(receiver) !== 'PromisePool') return null;
  for (let at = unwrap(receiver); isCallExpression(at); ) {
    const [over] = at.arguments;
    const before = receiverOf(at);
    if (lastNameOf(at.expression) === 'for' && over)
      return { over, callback, element: 0, gives: 'none', concurrent: false };
    if (!before) return null;
    at = unwrap(before);
  }
  return null;
}

/** `createReadStream(f).pipe(csv()).on('data', cb)` runs once per row of a file. */
function stream(call: ts.CallExpression, name: string, receiver: ts.Expression): Iteration | null {
  const [event, callback] = call.arguments;
  if (name !== 'on' || !event || !callback || !isFunctionLiteral(callback)) return null;
  if (!isStringLiteral(event) || (event.text !== 'data' && event.text !== 'line')) return null;
  const piped = someWithin(
    receiver,
    (node) => isCallExpression(node) && /^(pipe|createReadStream|createInterface)$/.test(lastNameOf(node.expression)),
  );
  return piped ? { over: null, callback, element: 0, gives: 'none', concurrent: true } : null;
}

/** `xs.reduce(async (before, x) => { await before; … })` and `(before, x) => before.then(…)` go one after the other. */
function waitsForAccumulator(callback: ts.Expression): boolean {
  const inner = unwrap(callback);
  if (!isFunctionLiteral(inner)) return false;
  const name = inner.parameters[0]?.name;
  if (!name || !isIdentifier(name)) return false;
  return someWithin(inner.body, (node) => {
    if (isAwaitExpression(node)) return rootName(node.expression) === name.text;
    return isCallExpression(node) && lastNameOf(node.expression) === 'then' && rootName(node) === name.text;
  });
}

/** `(x) => limit(() => load(x))`: elements wait for a free slot. */
function isLimited(callback: ts.Expression): boolean {
  const inner = unwrap(callback);
  if (!isFunctionLiteral(inner) || isBlock(inner.body)) return false;
  const body = unwrap(inner.body);
  return (
    isCallExpression(body) &&
    body.arguments.some((each) => isFunctionLiteral(unwrap(each))) &&
    /limit|throttle|semaphore|queue|schedule|runExclusive/i.test(body.expression.getText())
  );
}

/** `_.times(3, cb)`: how often, when the list is in truth a number. */
export function timesOf(call: ts.CallExpression): number | null {
  const [count] = call.arguments;
  return lastNameOf(call.expression) === 'times' && count ? numericLiteral(count) : null;
}
