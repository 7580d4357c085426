import type { ts } from 'ts-morph';
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isCaseOrDefaultClause,
  isCatchClause,
  isConditionalExpression,
  isElementAccessExpression,
  isIdentifier,
  isIfStatement,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isStatement,
  SyntaxKind,
} from './compiler.ts';
import type { Declaration } from './declarations.ts';
import type { WriteFact } from './facts.ts';
import { isFunctionNode, isLoopStatement, runsPerTurn, unwrap } from './nodeKinds.ts';
import { keyOf } from './nodeNames.ts';
import { extended, keyStep } from './references.ts';
import type { SourceContext } from './sourceContext.ts';
import type { Trace } from './trace.ts';
import { memberCall, traceAt } from './trace.ts';
import type { Value } from './values.ts';

/**
 * What is assigned to and into the variables that keep a fact. `list.push(x)` counts as a write to `[]`,
 * `Object.assign(x, { a })` as one to `a`.
 */
export function variableWrites(context: SourceContext): ReadonlyMap<Declaration, readonly WriteFact[]> {
  const found = new Map<Declaration, WriteFact[]>();
  const add: Add = (declaration, path, node, value) => {
    const conditional = isConditional(node, declaration.node);
    const writes = found.get(declaration) ?? [];
    found.set(declaration, writes);
    writes.push({ path, value, conditional, span: context.spanOf(node) });
  };
  for (const declaration of context.bindings.variables) {
    for (const identifier of context.scopes.writesOf(declaration)) addOwnWrite(declaration, identifier, context, add);
  }
  for (const assignment of context.nodes.assignments) addInnerWrite(assignment, context, add);
  for (const call of context.nodes.calls) addCallWrite(call, context, add);
  for (const writes of found.values()) writes.sort((a, b) => a.span.start - b.span.start);
  return found;
}

type Add = (declaration: Declaration, path: readonly string[], node: ts.Node, value: Value) => void;

function addOwnWrite(declaration: Declaration, identifier: ts.Identifier, context: SourceContext, add: Add): void {
  const parent = identifier.parent;
  if (isBinaryExpression(parent) && parent.left === identifier) {
    add(declaration, [], parent, context.longValueOf(plainAssigned(parent)));
    return;
  }
  const trace = destructured(identifier, context);
  const span = context.spanOf(identifier);
  add(declaration, [], identifier, trace === null ? { kind: 'unknown', span } : valueByTrace(trace, context));
}

/** The right side of `=`; the whole expression where the old value takes part. */
function plainAssigned(assignment: ts.BinaryExpression): ts.Expression {
  return assignment.operatorToken.kind === SyntaxKind.EqualsToken ? assignment.right : assignment;
}

function valueByTrace(trace: Trace, context: SourceContext): Value {
  if (trace.path.length === 0) return context.longValueOf(trace.expression);
  const to = extended(context.referenceOf(trace.expression), trace.path);
  return { kind: 'reference', to, span: context.spanOf(trace.expression) };
}

/** What `[a, b] = …` and `({ a: { b } } = …)` give to one of their names. */
function destructured(identifier: ts.Identifier, context: SourceContext): Trace | null {
  const steps: (string | number)[] = [];
  let inner: ts.Node = identifier;
  for (let at = identifier.parent; !isStatement(at); inner = at, at = at.parent) {
    if (isShorthandPropertyAssignment(at)) steps.unshift(identifier.text);
    else if (isPropertyAssignment(at)) steps.unshift(keyOf(at.name) ?? '?');
    else if (isArrayLiteralExpression(at)) steps.unshift(at.elements.indexOf(inner as ts.Expression));
    else if (isBinaryExpression(at) && isPattern(inner) && at.left === inner) return stepInto(at.right, steps, context);
  }
  return null;
}

function isPattern(node: ts.Node): boolean {
  return isArrayLiteralExpression(node) || isObjectLiteralExpression(node);
}

function stepInto(source: ts.Expression, steps: readonly (string | number)[], context: SourceContext): Trace {
  const [first, ...rest] = steps;
  const path = (of: readonly (string | number)[]) => of.map((step) => (typeof step === 'number' ? '[]' : step));
  if (typeof first !== 'number') return { expression: source, path: path(steps) };
  const element = traceAt(source, first, context.scopes);
  return { expression: element.expression, path: [...element.path, ...path(rest)] };
}

function addInnerWrite(assignment: ts.BinaryExpression, context: SourceContext, add: Add): void {
  const target = variablePart(assignment.left, context);
  if (target === null || target.path.length === 0) return;
  add(target.declaration, target.path, assignment, context.longValueOf(plainAssigned(assignment)));
}

function addCallWrite(call: ts.Node, context: SourceContext, add: Add): void {
  const member = memberCall(call);
  if (member === null) return;
  if (member.name === 'push' || member.name === 'unshift') {
    const target = variablePart(member.receiver, context);
    if (target === null) return;
    for (const argument of member.arguments) {
      add(target.declaration, [...target.path, '[]'], argument, context.longValueOf(argument));
    }
  } else if (member.name === 'assign') addAssigned(member.arguments, context, add);
}

function addAssigned([into, ...sources]: readonly ts.Expression[], context: SourceContext, add: Add): void {
  const target = into === undefined ? null : variablePart(into, context);
  if (target === null) return;
  for (const source of sources) {
    const value = context.longValueOf(source);
    if (value.kind !== 'object') add(target.declaration, [...target.path, '?'], source, value);
    else {
      for (const property of value.properties) {
        const key = property.kind === 'property' ? property.key : '?';
        add(target.declaration, [...target.path, key], source, property.value);
      }
    }
  }
}

interface VariablePart {
  readonly declaration: Declaration;
  readonly path: readonly string[];
}

/** `where.OR[0]` as the variable `where` and the way into it; null for everything that keeps no fact. */
function variablePart(expression: ts.Expression, context: SourceContext): VariablePart | null {
  const node = unwrap(expression);
  if (isIdentifier(node)) {
    const declaration = context.scopes.declarationOf(node);
    if (declaration === null || context.bindings.variableIndexOf(declaration) === null) return null;
    return { declaration, path: [] };
  }
  if (!isPropertyAccessExpression(node) && !isElementAccessExpression(node)) return null;
  const outer = variablePart(node.expression, context);
  if (outer === null) return null;
  const step = isPropertyAccessExpression(node) ? node.name.text : keyStep(node.argumentExpression);
  return { declaration: outer.declaration, path: [...outer.path, step] };
}

function isConditional(write: ts.Node, declaration: ts.Node): boolean {
  let inner = write;
  for (let at = write.parent; at !== undefined; inner = at, at = at.parent) {
    if (at.pos <= declaration.pos && at.end >= declaration.end) return false;
    if (mayNotRun(at, inner)) return true;
  }
  return false;
}

function mayNotRun(at: ts.Node, inner: ts.Node): boolean {
  if (isIfStatement(at)) return at.expression !== inner;
  if (isConditionalExpression(at)) return at.condition !== inner;
  if (isBinaryExpression(at)) return at.right === inner && isShortCircuit(at.operatorToken.kind);
  if (isLoopStatement(at)) return runsPerTurn(at, inner);
  return isCaseOrDefaultClause(at) || isCatchClause(at) || isFunctionNode(at);
}

function isShortCircuit(operator: ts.SyntaxKind): boolean {
  return (
    operator === SyntaxKind.AmpersandAmpersandToken ||
    operator === SyntaxKind.BarBarToken ||
    operator === SyntaxKind.QuestionQuestionToken
  );
}
