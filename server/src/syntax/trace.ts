import type { ts } from 'ts-morph';
import {
  isArrayBindingPattern,
  isArrayLiteralExpression,
  isBindingElement,
  isCallExpression,
  isForOfStatement,
  isIdentifier,
  isObjectLiteralExpression,
  isParameter,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadElement,
  isVariableDeclaration,
  SyntaxKind,
} from './compiler.ts';
import type { Declaration } from './declarations.ts';
import { bindingStep } from './declarations.ts';
import { isFunctionNode, parametersOf, unwrap, wrapped } from './nodeKinds.ts';
import type { Scopes } from './scopes.ts';

/** Where a name's value comes from: what `path` leads to in the value of `expression`. */
export interface Trace {
  readonly expression: ts.Expression;
  readonly path: readonly string[];
}

/** Follows a declaration one step back by syntax alone; null when nothing is assigned where it is declared. */
export function traceOf(declaration: Declaration, scopes: Scopes): Trace | null {
  const origin = originOf(declaration.node, scopes);
  if (origin === null) return null;
  return patternElements(declaration).reduce<Trace>((trace, element) => intoElement(trace, element, scopes), origin);
}

/** One element of a list: of `xs.filter(…)` it is an element of `xs`, of `[a, b]` it is taken to be like `a`. */
export function traceElement(list: ts.Expression, scopes: Scopes): Trace {
  const source = followed(list, scopes);
  const kept = keptList(source);
  if (kept !== null) return traceElement(kept, scopes);
  if (isArrayLiteralExpression(source)) {
    const first = source.elements[0];
    if (first !== undefined && isSpreadElement(first)) return traceElement(first.expression, scopes);
    if (first !== undefined && isReducible(first)) return { expression: first, path: [] };
  }
  return { expression: list, path: ['[]'] };
}

/** Whether an expression stands for something else (a name, a member, what a call gives) and is no value written in place. */
export function isReducible(expression: ts.Expression): boolean {
  const inner = unwrap(expression);
  if (isIdentifier(inner)) return inner.text !== 'undefined' && inner.text !== '';
  return REDUCIBLE.has(inner.kind);
}

/** The member call `receiver.name(…)` an expression is, if it is one. */
export function memberCall(
  expression: ts.Node,
): { readonly receiver: ts.Expression; readonly name: string; readonly arguments: readonly ts.Expression[] } | null {
  if (!isCallExpression(expression)) return null;
  const callee = unwrap(expression.expression);
  if (!isPropertyAccessExpression(callee)) return null;
  return { receiver: callee.expression, name: callee.name.text, arguments: expression.arguments };
}

const REDUCIBLE: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.PropertyAccessExpression,
  SyntaxKind.ElementAccessExpression,
  SyntaxKind.CallExpression,
  SyntaxKind.NewExpression,
  SyntaxKind.TaggedTemplateExpression,
  SyntaxKind.ThisKeyword,
  SyntaxKind.SuperKeyword,
  SyntaxKind.FunctionExpression,
  SyntaxKind.ArrowFunction,
  SyntaxKind.ClassExpression,
  SyntaxKind.MetaProperty,
]);

/** Methods whose result holds elements of their receiver. */
const LIST_KEEPING: ReadonlySet<string> = new Set([
  'filter',
  'slice',
  'sort',
  'toSorted',
  'reverse',
  'toReversed',
  'concat',
]);

/** Array methods by the callback parameters that receive an element. */
const ELEMENT_PARAMETERS: Readonly<Record<string, readonly number[]>> = {
  map: [0],
  forEach: [0],
  filter: [0],
  find: [0],
  findIndex: [0],
  findLast: [0],
  findLastIndex: [0],
  some: [0],
  every: [0],
  flatMap: [0],
  sort: [0, 1],
  toSorted: [0, 1],
  reduce: [1],
  reduceRight: [1],
};

const ALIAS_LIMIT = 8;

function originOf(node: ts.Node, scopes: Scopes): Trace | null {
  if (isParameter(node)) return parameterOrigin(node, scopes);
  if (!isVariableDeclaration(node)) return null;
  if (node.initializer !== undefined) return { expression: node.initializer, path: [] };
  const loop = node.parent.parent;
  return isForOfStatement(loop) && loop.initializer === node.parent ? traceElement(loop.expression, scopes) : null;
}

function parameterOrigin(node: ts.ParameterDeclaration, scopes: Scopes): Trace | null {
  const callback = node.parent;
  if (!isFunctionNode(callback) || node.dotDotDotToken !== undefined) return null;
  const argument = wrapped(callback);
  const call = memberCall(argument.parent);
  if (call === null) return null;
  const position = call.arguments.indexOf(argument as ts.Expression);
  const parameter = parametersOf(callback).indexOf(node);
  if (call.name === 'from' && position === 1) return listOrigin(call.arguments[0], parameter, scopes);
  if (position !== 0) return null;
  if (call.name === 'then') return parameter === 0 ? { expression: call.receiver, path: [] } : null;
  const elements = Object.hasOwn(ELEMENT_PARAMETERS, call.name) ? ELEMENT_PARAMETERS[call.name] : undefined;
  return elements?.includes(parameter) ? traceElement(call.receiver, scopes) : null;
}

function listOrigin(list: ts.Expression | undefined, parameter: number, scopes: Scopes): Trace | null {
  return list !== undefined && parameter === 0 ? traceElement(list, scopes) : null;
}

/** Outermost first. */
function patternElements(declaration: Declaration): readonly ts.BindingElement[] {
  const found: ts.BindingElement[] = [];
  for (let at: ts.Node = declaration.identifier.parent; at !== declaration.node && at !== undefined; at = at.parent) {
    if (isBindingElement(at)) found.unshift(at);
  }
  return found;
}

function intoElement(trace: Trace, element: ts.BindingElement, scopes: Scopes): Trace {
  const step = bindingStep(element);
  if (step === null) return trace;
  if (trace.path.length > 0) return { expression: trace.expression, path: [...trace.path, step] };
  if (isArrayBindingPattern(element.parent)) {
    return traceAt(trace.expression, element.parent.elements.indexOf(element), scopes);
  }
  const written = writtenProperty(unwrap(trace.expression), step);
  return written === null ? { expression: trace.expression, path: [step] } : { expression: written, path: [] };
}

/** The element at a known place: in `[a(), b()]`, `Promise.all([a(), b()])` or `$transaction([a(), b()])` it is found by position. */
export function traceAt(list: ts.Expression, index: number, scopes: Scopes): Trace {
  const items = writtenItems(followed(list, scopes));
  const before = items?.slice(0, index + 1) ?? [];
  const item = before[index];
  if (item === undefined || before.some(isSpreadElement)) return traceElement(list, scopes);
  return { expression: item, path: [] };
}

function writtenItems(list: ts.Expression): readonly ts.Expression[] | null {
  if (isArrayLiteralExpression(list)) return list.elements;
  const call = memberCall(list);
  const argument = call?.arguments[0];
  if (call === null || argument === undefined) return null;
  const joins = call.name === '$transaction' || (call.name === 'all' && isNamed(call.receiver, 'Promise'));
  const items = unwrap(argument);
  return joins && isArrayLiteralExpression(items) ? items.elements : null;
}

function writtenProperty(object: ts.Expression, key: string): ts.Expression | null {
  if (!isObjectLiteralExpression(object)) return null;
  for (const property of object.properties) {
    if (property.name === undefined || !isIdentifier(property.name) || property.name.text !== key) continue;
    if (isPropertyAssignment(property)) return property.initializer;
    if (isShorthandPropertyAssignment(property)) return property.name;
  }
  return null;
}

function keptList(expression: ts.Expression): ts.Expression | null {
  const call = memberCall(expression);
  if (call === null) return null;
  if (LIST_KEEPING.has(call.name)) return call.receiver;
  const [list] = call.arguments;
  return call.name === 'from' && call.arguments.length === 1 && list !== undefined && isNamed(call.receiver, 'Array')
    ? list
    : null;
}

function isNamed(expression: ts.Expression, name: string): boolean {
  return isIdentifier(expression) && expression.text === name;
}

/** Sees through names of constants to what they were initialised with. */
export function followed(expression: ts.Expression, scopes: Scopes): ts.Expression {
  let at = unwrap(expression);
  for (let hops = 0; hops < ALIAS_LIMIT && isIdentifier(at); hops++) {
    const declaration = scopes.declarationOf(at);
    if (declaration === null || scopes.writesOf(declaration).length > 0) return at;
    const node = declaration.node;
    if (!isVariableDeclaration(node) || !isIdentifier(node.name) || node.initializer === undefined) return at;
    at = unwrap(node.initializer);
  }
  return at;
}
