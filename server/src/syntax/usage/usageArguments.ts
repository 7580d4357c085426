import type { ts } from 'ts-morph';
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isStringLiteralLike,
} from '../compiler.ts';
import { isFunctionLiteral, receiverOf } from '../expressions.ts';
import { iterationOf } from '../loops/loopCalls.ts';
import { unwrap } from '../nodeKinds.ts';
import { dottedName, lastNameOf } from '../nodeNames.ts';
import { putInto } from './usageBindings.ts';
import { passToLibrary } from './usageLibraries.ts';
import { handTo, iterateOver, localFunction, unfollowedCallback } from './usageMethods.ts';
import {
  ANY_KEY,
  ELEMENT,
  element,
  fromEntries,
  isMapOrSet,
  mapKey,
  mapValue,
  type Part,
  position,
  reordered,
  setItem,
  wrap,
} from './usageParts.ts';
import { passTo, type Trace } from './usageTrace.ts';

/** The value is an argument: of a function whose effect is known, or of a call the graph follows. */
export function passArgument(
  trace: Trace,
  call: ts.CallExpression | ts.NewExpression,
  node: ts.Expression,
  part: Part,
): void {
  if (isNewExpression(call)) {
    construct(trace, call, node, part);
    return;
  }
  if (passToBuiltIn(trace, call, node, part)) return;
  if (putIntoReceiver(trace, call, node, part)) return;
  const iteration = iterationOf(call);
  if (iteration?.over === node) {
    iterateOver(trace, call, iteration, part);
    const callback = unwrap(iteration.callback);
    if (!isFunctionLiteral(callback) && !localFunction(trace, callback))
      unfollowedCallback(trace, call, lastNameOf(call.expression), part);
    return;
  }
  if (passToLibrary(trace, call, node, part)) return;
  pass(trace, call, node, part);
}

/** `f(...rows)`: which parameter gets what is not told. */
export function spreadArgument(trace: Trace, call: ts.CallExpression, spread: ts.SpreadElement, part: Part): void {
  const inner = element(part);
  if (inner === null) return;
  const name = dottedName(call.expression);
  const receiver = receiverOf(call);
  if (name.startsWith('Math.')) trace.read(spread, inner);
  else if (receiver && /\.(push|unshift)$/.test(name)) putInto(trace, receiver, wrap(inner, ELEMENT));
  else if (receiver && name.endsWith('.concat')) trace.follow(call, wrap(inner, ELEMENT));
  else trace.escape(spread, part, 'spread');
}

function pass(trace: Trace, call: ts.CallExpression | ts.NewExpression, node: ts.Node, part: Part): void {
  const index = trace.context.callIndexOf(call);
  const argument = call.arguments?.indexOf(node as ts.Expression) ?? -1;
  if (index === null || argument < 0) trace.escape(node, part, 'other');
  else passTo(trace, node, part, index, argument);
}

/** Functions that look at a value for what it is, and keep nothing. */
const READING =
  /^(String|Number|BigInt|parseInt|parseFloat|isNaN|isFinite|encodeURIComponent|encodeURI|decodeURIComponent|Date\.parse|Buffer\.from|Symbol|Math\.\w+|Number\.\w+|Date\.UTC|BigInt\.\w+|String\.\w+|RegExp)$/;
const TESTING =
  /^(Boolean|Array\.isArray|Buffer\.isBuffer|isEmpty|isNil|_\.isEmpty|_\.isNil|invariant|assert|assert\.ok)$/;
const SAME =
  /^(Object\.freeze|Object\.seal|structuredClone|Promise\.resolve|cloneDeep|_\.cloneDeep|toRaw|React\.use|use)$/;

function passToBuiltIn(trace: Trace, call: ts.CallExpression, node: ts.Expression, part: Part): boolean {
  const name = dottedName(call.expression);
  if (isSerialiser(name, call)) trace.escape(node, part, 'serialised');
  else if (READING.test(name)) trace.read(node, part);
  else if (TESTING.test(name)) {
    if (call.arguments[0] === node) trace.test(node, part);
  } else if (SAME.test(name)) trace.follow(call, part);
  else if (/^Promise\.(race|any)$/.test(name)) trace.follow(call, element(part));
  else if (name === 'Promise.all' || (/\$transaction$/.test(name) && call.arguments[0] === node))
    trace.follow(call, part);
  else if (name === 'Promise.allSettled') trace.follow(call, settled(part));
  else if (name === 'Array.from' && call.arguments.length === 1) trace.follow(call, list(part));
  else if (name === 'Map.groupBy') group(trace, call, node, part, mapValue);
  else return name.startsWith('Object.') && passToObject(trace, call, name, node, part);
  return true;
}

/** Printing and answering with the whole value; a web framework's `send` and `json` are known by name. */
function isSerialiser(name: string, call: ts.CallExpression): boolean {
  if (/(^|\.)(stringify|serialize)$/.test(name))
    return /^(JSON|superjson|SuperJSON|devalue|qs|querystring|serialize|stringify|flatted|safeStringify)/.test(name);
  if (/(^|\.)json$/.test(name)) return call.arguments.length > 0;
  if (/^console\.\w+$/.test(name)) return true;
  return /^(res|response|reply|rep|ctx|c|context|h)(\.\w+(\(\))?)*\.(send|jsonp|end|write|body)$/.test(name);
}

/** `Promise.allSettled` wraps each result as `{ status, value }`. */
function settled(part: Part): Part | null {
  const inner = element(part);
  return inner && wrap(wrap(inner, 'value'), part.at[0] ?? ELEMENT);
}

function list(part: Part): Part | null {
  const inner = element(part);
  return inner && wrap(inner, ELEMENT);
}

function passToObject(trace: Trace, call: ts.CallExpression, name: string, node: ts.Expression, part: Part): boolean {
  const [first, ...rest] = part.at;
  switch (name) {
    case 'Object.values':
      if (first === undefined) trace.escape(node, part, 'dynamic-key');
      else trace.follow(call, { path: part.path, at: [ELEMENT, ...rest] });
      return true;
    case 'Object.entries':
      if (first === undefined) trace.escape(node, part, 'dynamic-key');
      else trace.follow(call, { path: part.path, at: [ELEMENT, position(1), ...rest] });
      return true;
    case 'Object.keys':
      if (first === undefined) trace.escape(node, part, 'dynamic-key');
      return true;
    case 'Object.fromEntries':
      trace.follow(call, fromEntries(part, ANY_KEY));
      return true;
    case 'Object.groupBy':
      return group(trace, call, node, part, (grouped) => wrap(grouped, ANY_KEY));
    case 'Object.assign':
      return assignAll(trace, call, node, part);
    default:
      return false;
  }
}

/** `Object.assign(target, source)` gives its target, with everything of the source in it. */
function assignAll(trace: Trace, call: ts.CallExpression, node: ts.Expression, part: Part): true {
  const [target] = call.arguments;
  trace.follow(call, part);
  if (target && target !== node && !isObjectLiteralExpression(target)) putInto(trace, target, part);
  return true;
}

function group(
  trace: Trace,
  call: ts.CallExpression,
  node: ts.Expression,
  part: Part,
  under: (grouped: Part) => Part,
): true {
  const inner = element(part);
  const [, callback] = call.arguments;
  if (call.arguments[0] !== node || !inner) return true;
  if (callback) handTo(trace, callback, 0, inner, call);
  trace.follow(call, under(wrap(inner, ELEMENT)));
  return true;
}

function construct(trace: Trace, made: ts.NewExpression, node: ts.Expression, part: Part): void {
  const name = lastNameOf(made.expression);
  const inner = element(part);
  switch (name) {
    case 'Map':
    case 'WeakMap':
      trace.follow(made, isMapOrSet(part) ? part : fromEntries(part));
      return;
    case 'Set':
    case 'WeakSet':
      trace.follow(made, inner && setItem(inner));
      return;
    case 'Date':
    case 'URL':
    case 'RegExp':
    case 'Decimal':
    case 'Number':
    case 'String':
      trace.read(node, part);
      return;
    default:
      pass(trace, made, node, part);
      return;
  }
}

/** `list.push(x)`, `byId.set(id, x)`, `ids.add(x)`, `list.includes(x)`, `list.concat(xs)`. */
function putIntoReceiver(trace: Trace, call: ts.CallExpression, node: ts.Expression, part: Part): boolean {
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee)) return false;
  const receiver = callee.expression;
  switch (callee.name.text) {
    case 'push':
    case 'unshift':
      putInto(trace, receiver, wrap(part, ELEMENT));
      return true;
    case 'set':
      if (!isLocalContainer(trace, receiver) || call.arguments.length !== 2) return false;
      putInto(trace, receiver, call.arguments[0] === node ? mapKey(part) : mapValue(part));
      return true;
    case 'add':
      if (!isLocalContainer(trace, receiver)) return false;
      putInto(trace, receiver, setItem(part));
      return true;
    case 'concat':
      trace.follow(call, isKnownString(receiver) ? null : reordered(part));
      return true;
    default:
      return LOOKING.test(callee.name.text) && readAsKey(trace, node, part);
  }
}

/** Methods that compare their argument with what the receiver holds. */
const LOOKING = /^(includes|indexOf|lastIndexOf|has|startsWith|endsWith|localeCompare|equals|join|padStart|padEnd)$/;

function readAsKey(trace: Trace, node: ts.Expression, part: Part): true {
  trace.read(node, part);
  return true;
}

/** Made in this file, so that a `set` or `add` on it is a Map's or Set's. */
function isLocalContainer(trace: Trace, receiver: ts.Expression): boolean {
  const inner = unwrap(receiver);
  if (isCallExpression(inner)) return lastNameOf(inner.expression) === 'get';
  return isIdentifier(inner) && trace.context.scopes.declarationOf(inner)?.kind !== 'import';
}

function isKnownString(node: ts.Expression): boolean {
  return isStringLiteralLike(unwrap(node));
}
