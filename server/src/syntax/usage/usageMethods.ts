import type { ts } from 'ts-morph';
import {
  isArrowFunction,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isVariableDeclaration,
} from '../compiler.ts';
import { isFunctionLiteral } from '../expressions.ts';
import { type Iteration, iterationOf } from '../loops/loopCalls.ts';
import { unwrap } from '../nodeKinds.ts';
import { lastNameOf } from '../nodeNames.ts';
import { bindName } from './usageBindings.ts';
import { ELEMENT_METHODS, isConversion, LEAF_METHODS, MUTATING_METHODS, SAME_LIST_METHODS } from './usageNames.ts';
import {
  ELEMENT,
  element,
  isMapOrSet,
  isUnderName,
  type Part,
  position,
  property,
  reordered,
  stored,
  storedKey,
  wrap,
} from './usageParts.ts';
import type { Trace } from './usageTrace.ts';

/** `rows.map(cb)`, `user.name.trim()`, `byId.get(id)`: what a method call makes of its receiver. */
export function callMethod(
  trace: Trace,
  call: ts.CallExpression,
  access: ts.PropertyAccessExpression,
  part: Part,
): void {
  const name = access.name.text;
  if (callPromiseMethod(trace, call, name, part)) return;
  if (isMapOrSet(part) && callContainerMethod(trace, call, name, part)) return;
  const iteration = iterationOf(call);
  if (iteration?.over === access.expression) {
    iterate(trace, call, iteration, name, part);
    return;
  }
  if (name === 'sort' || name === 'toSorted') {
    sort(trace, call, part);
    return;
  }
  if (name === 'flat') {
    trace.follow(call, element(part));
    return;
  }
  if (name === 'entries') {
    trace.follow(call, entriesOf(part));
    return;
  }
  if (isConvertedBy(call)) {
    convert(trace, call, access, name, part);
    return;
  }
  if (name === 'hasOwnProperty') {
    trace.test(access.expression, part);
    return;
  }
  if (SAME_LIST_METHODS.has(name)) {
    trace.follow(call, reordered(part));
    return;
  }
  if (ELEMENT_METHODS.has(name)) {
    trace.follow(call, element(part));
    return;
  }
  if (MUTATING_METHODS.has(name)) return;
  if (LEAF_METHODS.has(name)) {
    trace.read(access.expression, part);
    return;
  }
  callUnknown(trace, call, access, part);
}

function isConvertedBy(call: ts.CallExpression): boolean {
  const [callback] = call.arguments;
  return callback !== undefined && isIdentifier(callback) && isConversion(callback.text);
}

/** `rows.filter(Boolean)`, `ids.map(String)`. */
function convert(
  trace: Trace,
  call: ts.CallExpression,
  { expression }: ts.PropertyAccessExpression,
  name: string,
  part: Part,
): void {
  const inner = element(part);
  if (name === 'filter') trace.follow(call, reordered(part));
  else if (name === 'find' || name === 'findLast') trace.follow(call, inner);
  else if (inner) trace.read(expression, inner);
}

function callUnknown(trace: Trace, call: ts.CallExpression, access: ts.PropertyAccessExpression, part: Part): void {
  const { text: name } = access.name;
  const index = trace.context.callIndexOf(call);
  if (name === 'toJSON') trace.escape(access.expression, part, 'serialised');
  else if (part.at.length === 0 && index !== null)
    trace.add({ kind: 'method', path: part.path, name, call: index, span: trace.context.spanOf(call) });
  else callHeld(trace, call, access, part);
}

/** The object around the part has methods of its own: one that is the part itself is called, another may look at it through `this`. */
function callHeld(trace: Trace, call: ts.CallExpression, access: ts.PropertyAccessExpression, part: Part): void {
  const own = property(part, access.name.text);
  if (own?.at.length === 0) trace.read(access, own);
  else if (own === null || !isUnderName(part)) trace.escape(call, part, 'other');
}

/** A promise's value goes to the callback of `then`, and through `catch` and `finally` unchanged. */
function callPromiseMethod(trace: Trace, call: ts.CallExpression, name: string, part: Part): boolean {
  if (name === 'catch' || name === 'finally') {
    trace.follow(call, part);
    return true;
  }
  if (name !== 'then') return false;
  const [callback] = call.arguments;
  if (callback) handTo(trace, callback, 0, part, call);
  else trace.follow(call, part);
  return true;
}

function callContainerMethod(trace: Trace, call: ts.CallExpression, name: string, part: Part): boolean {
  switch (name) {
    case 'get':
      trace.follow(call, stored(part));
      return true;
    case 'values':
      return followAsList(trace, call, stored(part));
    case 'keys':
      return followAsList(trace, call, storedKey(part));
    case 'has':
    case 'set':
    case 'add':
    case 'delete':
    case 'clear':
      return true;
    case 'forEach': {
      const [callback] = call.arguments;
      if (callback && stored(part)) handTo(trace, callback, 0, stored(part), call);
      if (callback && storedKey(part)) handTo(trace, callback, 1, storedKey(part), call);
      return true;
    }
    default:
      return false;
  }
}

function followAsList(trace: Trace, call: ts.CallExpression, inner: Part | null): true {
  trace.follow(call, inner && wrap(inner, ELEMENT));
  return true;
}

/** A list method with a callback: the callback gets the elements, the result may hold them still. */
function iterate(trace: Trace, call: ts.CallExpression, iteration: Iteration, name: string, part: Part): void {
  const inner = element(part);
  if (inner === null) {
    callHeldList(trace, call, part);
    return;
  }
  iterateOver(trace, call, iteration, part);
  const callback = unwrap(iteration.callback);
  if (isFunctionLiteral(callback)) {
    const list = callback.parameters[iteration.element + 2];
    if (list) bindName(trace, list.name, part);
  } else if (!localFunction(trace, callback)) unfollowedCallback(trace, call, name, part);
}

function callHeldList(trace: Trace, call: ts.CallExpression, part: Part): void {
  if (isUnderName(part)) trace.escape(call, part, 'other');
}

/** The elements go to the callback, and to the call's own result as far as it holds elements. */
export function iterateOver(trace: Trace, call: ts.CallExpression, iteration: Iteration, part: Part): void {
  const inner = element(part);
  const callback = unwrap(iteration.callback);
  const own = isFunctionLiteral(callback) ? callback : localFunction(trace, callback);
  const parameter = own?.parameters[iteration.element];
  if (parameter?.dotDotDotToken) trace.escape(parameter, part, 'spread');
  else if (parameter) bindName(trace, parameter.name, inner);
  if (iteration.gives === 'elements') trace.follow(call, reordered(part));
  if (iteration.gives === 'element') trace.follow(call, inner);
  if (iteration.gives === 'accumulator' && call.arguments.length === 1) {
    const accumulator = own?.parameters[0];
    if (accumulator) bindName(trace, accumulator.name, inner);
    trace.follow(call, inner);
  }
}

/** The graph may find out what `rows.map(toView)` does with them; until then they are out of sight. */
export function unfollowedCallback(trace: Trace, call: ts.CallExpression, name: string, part: Part): void {
  const index = trace.context.callIndexOf(call);
  if (part.at.length === 0 && index !== null)
    trace.add({ kind: 'method', path: part.path, name, call: index, span: trace.context.spanOf(call) });
  else trace.escape(call, part, 'other');
}

/** A callback written in place or named in this file gets the part as its argument; any other takes it out of sight. */
export function handTo(
  trace: Trace,
  callback: ts.Expression,
  index: number,
  part: Part | null,
  call: ts.CallExpression,
): void {
  if (part === null) return;
  const inner = unwrap(callback);
  const own = isFunctionLiteral(inner) ? inner : localFunction(trace, inner);
  const parameter = own?.parameters[index];
  if (!own) trace.escape(call, part, 'other');
  else if (parameter?.dotDotDotToken) trace.escape(parameter, part, 'spread');
  else if (parameter) bindName(trace, parameter.name, part);
}

type LocalFunction = ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression;

/** The function of this file that a name stands for. */
export function localFunction(trace: Trace, node: ts.Expression): LocalFunction | null {
  const declaration = isIdentifier(node) ? trace.context.scopes.declarationOf(node) : null;
  if (!declaration || trace.context.scopes.writesOf(declaration).length > 0) return null;
  if (isFunctionDeclaration(declaration.node)) return declaration.node;
  if (!isVariableDeclaration(declaration.node) || !declaration.node.initializer || declaration.path.length > 0)
    return null;
  const value = unwrap(declaration.node.initializer);
  return isArrowFunction(value) || isFunctionExpression(value) ? value : null;
}

function sort(trace: Trace, call: ts.CallExpression, part: Part): void {
  const [comparator] = call.arguments;
  const inner = element(part);
  if (!comparator) {
    if (inner) trace.read(call, inner);
  } else if (isFunctionLiteral(unwrap(comparator)) || localFunction(trace, unwrap(comparator))) {
    for (const index of [0, 1]) handTo(trace, comparator, index, inner, call);
  } else unfollowedCallback(trace, call, lastNameOf(call.expression), part);
  trace.follow(call, reordered(part));
}

function entriesOf(part: Part): Part | null {
  const inner = element(part);
  if (inner === null) return null;
  return isMapOrSet(part) ? reordered(part) : wrap(wrap(inner, position(1)), ELEMENT);
}
