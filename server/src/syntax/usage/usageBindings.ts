import type { ts } from 'ts-morph';
import {
  isArrayBindingPattern,
  isArrayLiteralExpression,
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isNewExpression,
  isNumericLiteral,
  isObjectLiteralExpression,
  isOmittedExpression,
  isParameter,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadElement,
  isVariableDeclaration,
  SyntaxKind,
} from '../compiler.ts';
import type { Declaration } from '../declarations.ts';
import { iterationOf } from '../loops/loopCalls.ts';
import { unwrap } from '../nodeKinds.ts';
import { keyOf, lastNameOf, literalText } from '../nodeNames.ts';
import { ANY_KEY, anyKey, elementAt, mapValue, type Part, position, property, tail, wrap } from './usageParts.ts';
import type { Trace } from './usageTrace.ts';

/** A name or pattern is given the value: every read of a bound name is followed. */
export function bindName(trace: Trace, name: ts.BindingName, part: Part | null): void {
  if (part === null) return;
  if (isIdentifier(name)) {
    const declaration = trace.context.scopes.declarationOf(name);
    if (declaration) trace.followReads(declaration, part);
  } else if (isArrayBindingPattern(name)) bindElements(trace, name, part);
  else bindProperties(trace, name, part);
}

function bindElements(trace: Trace, pattern: ts.ArrayBindingPattern, part: Part): void {
  pattern.elements.forEach((each, index) => {
    if (isOmittedExpression(each)) return;
    bindName(trace, each.name, each.dotDotDotToken ? tail(part, index) : elementAt(part, index));
  });
}

function bindProperties(trace: Trace, pattern: ts.ObjectBindingPattern, part: Part): void {
  for (const each of pattern.elements) {
    if (each.dotDotDotToken) {
      bindRest(trace, pattern, each.name, part);
      continue;
    }
    const key = each.propertyName ?? (isIdentifier(each.name) ? each.name : undefined);
    const name = keyOf(key);
    if (name !== null) bindName(trace, each.name, property(part, name));
    else if (part.at.length === 0) trace.escape(each, part, 'dynamic-key');
    else bindName(trace, each.name, anyKey(part));
  }
}

/** What else there is: of the value itself all that is left, of an object around it the part unless it was named before. */
function bindRest(trace: Trace, pattern: ts.ObjectBindingPattern, name: ts.BindingName, part: Part): void {
  const declaration = isIdentifier(name) ? trace.context.scopes.declarationOf(name) : null;
  if (declaration === null || trace.context.scopes.readsOf(declaration).length === 0) return;
  const [first] = part.at;
  if (first === undefined) trace.escape(name, part, 'spread');
  else if (!pattern.elements.some((each) => keyOf(each.propertyName ?? each.name) === first))
    trace.followReads(declaration, part);
}

/** `x = …`, `[a, { b }] = …`, `list[0].x = …`. */
export function assignTo(trace: Trace, target: ts.Expression, part: Part | null): void {
  if (part === null) return;
  const inner = unwrap(target);
  if (isIdentifier(inner)) assignName(trace, inner, part);
  else if (isBinaryExpression(inner) && inner.operatorToken.kind === SyntaxKind.EqualsToken)
    assignTo(trace, inner.left, part);
  else if (isArrayLiteralExpression(inner)) {
    inner.elements.forEach((each, index) => {
      if (isSpreadElement(each)) assignTo(trace, each.expression, tail(part, index));
      else if (!isOmittedExpression(each)) assignTo(trace, each, elementAt(part, index));
    });
  } else if (isObjectLiteralExpression(inner)) for (const each of inner.properties) assignProperty(trace, each, part);
  else putInto(trace, inner, part);
}

function assignProperty(trace: Trace, each: ts.ObjectLiteralElementLike, part: Part): void {
  const name = keyOf(each.name);
  if (name === null) trace.escape(each, part, each.name ? 'dynamic-key' : 'spread');
  else if (isShorthandPropertyAssignment(each)) assignName(trace, each.name, property(part, name));
  else if (isPropertyAssignment(each)) assignTo(trace, each.initializer, property(part, name));
}

function assignName(trace: Trace, name: ts.Identifier, part: Part | null): void {
  if (part === null) return;
  const declaration = trace.context.scopes.declarationOf(name);
  if (declaration) trace.followReads(declaration, part);
  else trace.escape(name, part, 'stored');
}

/** The value is put into something that exists: followed if that was made in this file, an escape otherwise. */
export function putInto(trace: Trace, target: ts.Expression, part: Part): void {
  const inner = unwrap(target);
  if (isIdentifier(inner)) {
    const declaration = trace.context.scopes.declarationOf(inner);
    if (declaration && isMadeHere(declaration)) trace.followReads(declaration, part);
    else trace.escape(inner, part, 'stored');
  } else if (isPropertyAccessExpression(inner)) putInto(trace, inner.expression, wrap(part, inner.name.text));
  else if (isElementAccessExpression(inner))
    putInto(trace, inner.expression, wrap(part, stepOf(inner.argumentExpression)));
  else if (isBinaryExpression(inner)) putInto(trace, inner.left, part);
  else if (
    isCallExpression(inner) &&
    isPropertyAccessExpression(inner.expression) &&
    lastNameOf(inner.expression) === 'get'
  )
    putInto(trace, inner.expression.expression, mapValue(part));
  else trace.escape(inner, part, 'stored');
}

function stepOf(key: ts.Expression): string {
  const inner = unwrap(key);
  if (isNumericLiteral(inner)) return position(Number(inner.text));
  return literalText(inner) ?? ANY_KEY;
}

/** A list, object, Map or Set that began empty or written out, or the accumulator of a `reduce`. */
function isMadeHere({ node, path }: Declaration): boolean {
  if (isParameter(node)) return path.length === 0 && isAccumulator(node);
  if (!isVariableDeclaration(node) || !isIdentifier(node.name)) return false;
  return node.initializer === undefined || isFresh(node.initializer);
}

function isFresh(value: ts.Expression): boolean {
  const inner = unwrap(value);
  if (isArrayLiteralExpression(inner) || isObjectLiteralExpression(inner)) return true;
  if (inner.kind === SyntaxKind.NullKeyword || (isIdentifier(inner) && inner.text === 'undefined')) return true;
  if (isNewExpression(inner)) return /^(Map|Set|Array|WeakMap)$/.test(lastNameOf(inner.expression));
  return isCallExpression(inner) && inner.expression.getText() === 'Object.create';
}

function isAccumulator(parameter: ts.ParameterDeclaration): boolean {
  const owner = parameter.parent;
  const call = owner.parent;
  if (!call || !isCallExpression(call) || owner.parameters[0] !== parameter) return false;
  const iteration = iterationOf(call);
  return iteration?.gives === 'accumulator' && unwrap(iteration.callback) === owner;
}
