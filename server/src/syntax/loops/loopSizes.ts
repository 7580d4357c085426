import type { ts } from 'ts-morph';
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isEnumDeclaration,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isSpreadAssignment,
  isSpreadElement,
  isVariableDeclaration,
  SyntaxKind,
} from '../compiler.ts';
import { numericLiteral, receiverOf } from '../expressions.ts';
import { unwrap } from '../nodeKinds.ts';
import { keyOf, lastNameOf } from '../nodeNames.ts';
import type { Scopes } from '../scopes.ts';

/** How many elements a list has when the file itself says so: a list written out, or a count. */
export type FixedSize = { readonly kind: 'literal' | 'counted'; readonly size: number };

/** Follows names and calls so many steps before giving up. */
const MAX_STEPS = 8;

/** The size of a list written in the same file, also behind constants, `Object.values`, `slice` and the like; null when unknown. */
export function fixedSize(scopes: Scopes, list: ts.Expression, steps = MAX_STEPS): FixedSize | null {
  const inner = unwrap(list);
  if (steps === 0) return null;
  if (isArrayLiteralExpression(inner)) return sumOf(inner.elements.map((each) => elementSize(scopes, each, steps - 1)));
  if (isObjectLiteralExpression(inner)) return objectSize(scopes, inner);
  if (isConditionalExpression(inner)) {
    return largerOf(fixedSize(scopes, inner.whenTrue, steps - 1), fixedSize(scopes, inner.whenFalse, steps - 1));
  }
  if (isIdentifier(inner)) return namedSize(scopes, inner, steps - 1);
  if (isCallExpression(inner)) return callSize(scopes, inner, steps - 1);
  return isNewExpression(inner) ? newSize(scopes, inner, steps - 1) : null;
}

/** A number written out or kept in a constant of the same file. */
export function fixedNumber(scopes: Scopes, node: ts.Expression): number | null {
  const inner = unwrap(node);
  if (isIdentifier(inner)) {
    const initializer = constantOf(scopes, inner);
    return initializer ? numericLiteral(initializer) : null;
  }
  if (isCallExpression(inner) && inner.expression.getText() === 'Math.min') return smallestOf(scopes, inner.arguments);
  return numericLiteral(inner);
}

/** What a name that never changes was initialised with. */
export function constantOf(scopes: Scopes, name: ts.Identifier): ts.Expression | null {
  const declaration = scopes.declarationOf(name);
  if (!declaration || declaration.path.length > 0 || !isVariableDeclaration(declaration.node)) return null;
  if (!isIdentifier(declaration.node.name) || scopes.writesOf(declaration).length > 0) return null;
  return declaration.node.initializer ?? null;
}

function smallestOf(scopes: Scopes, numbers: readonly ts.Expression[]): number | null {
  const known = numbers.map((each) => fixedNumber(scopes, each)).filter((each) => each !== null);
  return known.length > 0 ? Math.min(...known) : null;
}

function elementSize(scopes: Scopes, element: ts.Expression, steps: number): FixedSize | null {
  if (!isSpreadElement(element)) return { kind: 'literal', size: 1 };
  return fixedSize(scopes, element.expression, steps);
}

function sumOf(sizes: readonly (FixedSize | null)[]): FixedSize | null {
  let total = 0;
  let kind: FixedSize['kind'] = 'literal';
  for (const each of sizes) {
    if (each === null) return null;
    total += each.size;
    if (each.kind === 'counted') kind = 'counted';
  }
  return { kind, size: total };
}

function largerOf(a: FixedSize | null, b: FixedSize | null): FixedSize | null {
  if (a === null || b === null) return null;
  return a.size >= b.size ? a : b;
}

/** `{ length: 3 }` is a list to `Array.from`; any other object is gone over by its properties. */
function objectSize(scopes: Scopes, object: ts.ObjectLiteralExpression): FixedSize | null {
  for (const each of object.properties) {
    if (isSpreadAssignment(each)) return null;
    if (keyOf(each.name) === 'length')
      return isPropertyAssignment(each) ? counted(fixedNumber(scopes, each.initializer)) : null;
  }
  return { kind: 'literal', size: object.properties.length };
}

function namedSize(scopes: Scopes, name: ts.Identifier, steps: number): FixedSize | null {
  const declaration = scopes.declarationOf(name);
  if (!declaration) return null;
  if (isEnumDeclaration(declaration.node)) return { kind: 'literal', size: declaration.node.members.length };
  const initializer = constantOf(scopes, name);
  if (!initializer || scopes.readsOf(declaration).some(isGrown)) return null;
  return fixedSize(scopes, initializer, steps);
}

const GROWING = new Set(['push', 'unshift', 'splice', 'set', 'add', 'concat']);

/** `xs.push(x)`, `xs[i] = x`, `by.key = x`, `Object.assign(xs, …)`. */
function isGrown(read: ts.Identifier): boolean {
  const parent = read.parent;
  if (isElementAccessExpression(parent) || isPropertyAccessExpression(parent)) {
    if (parent.expression !== read) return false;
    const outer = parent.parent;
    if (isBinaryExpression(outer)) return outer.left === parent && outer.operatorToken.kind === SyntaxKind.EqualsToken;
    return isPropertyAccessExpression(parent) && GROWING.has(parent.name.text) && isCallExpression(outer);
  }
  return isCallExpression(parent) && parent.expression.getText() === 'Object.assign';
}

/** Methods that give no more elements than they got. */
const NO_GROWTH = new Set([
  'filter',
  'map',
  'sort',
  'toSorted',
  'reverse',
  'toReversed',
  'slice',
  'values',
  'keys',
  'entries',
  'freeze',
  'from',
  'all',
]);

function callSize(scopes: Scopes, call: ts.CallExpression, steps: number): FixedSize | null {
  const name = lastNameOf(call.expression);
  const receiver = receiverOf(call);
  const [first, second] = call.arguments;
  if (name === 'slice' && receiver && first && second) return sliceSize(scopes, call, receiver, steps);
  if (name === 'Array' && first) return counted(fixedNumber(scopes, first));
  if (name === 'fill' && receiver) return fixedSize(scopes, receiver, steps);
  if (!receiver || !NO_GROWTH.has(name)) return null;
  const over = unwrap(receiver);
  if (!isIdentifier(over) || !/^(Object|Array|Promise)$/.test(over.text)) return fixedSize(scopes, receiver, steps);
  if (!first) return null;
  return fixedSize(scopes, first, steps);
}

function sliceSize(scopes: Scopes, call: ts.CallExpression, receiver: ts.Expression, steps: number): FixedSize | null {
  const [from, to] = call.arguments.map((each) => fixedNumber(scopes, each));
  if (from === undefined || to === undefined || from === null || to === null) return fixedSize(scopes, receiver, steps);
  return to >= from && from >= 0 ? { kind: 'counted', size: to - from } : null;
}

/** `new Set([…])`, `new Map([…])`, `new Array(3)`. */
function newSize(scopes: Scopes, made: ts.NewExpression, steps: number): FixedSize | null {
  const [first] = made.arguments ?? [];
  const name = lastNameOf(made.expression);
  if (!first) return null;
  if (name === 'Array') return counted(fixedNumber(scopes, first));
  return name === 'Set' || name === 'Map' ? fixedSize(scopes, first, steps) : null;
}

function counted(size: number | null): FixedSize | null {
  return size === null ? null : { kind: 'counted', size };
}
