import type { ts } from 'ts-morph';
import type { Span } from '#shared/location.ts';
import {
  isArrowFunction,
  isAwaitExpression,
  isBinaryExpression,
  isBlock,
  isBreakStatement,
  isContinueStatement,
  isExpressionStatement,
  isIfStatement,
  isParenthesizedExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isThrowStatement,
  isTryStatement,
  isVariableStatement,
  isYieldExpression,
  NodeFlags,
  SyntaxKind,
} from '../compiler.ts';
import { someWithin } from '../expressions.ts';
import { isAssignmentOperator, isFunctionNode, isLoopStatement } from '../nodeKinds.ts';
import type { SourceContext } from '../sourceContext.ts';
import type { TurnNodes } from './turnNodes.ts';

/** Its arguments wait, or change something. */
export function isUnsteady(call: ts.CallExpression): boolean {
  return call.arguments.some((argument) => someWithin(argument, isUnsteadyNode));
}

/** Its arguments read past what may be missing. */
export function isOptional(call: ts.CallExpression): boolean {
  const skips = (node: ts.Node) => isPropertyAccessExpression(node) && node.questionDotToken !== undefined;
  return call.arguments.some((argument) => someWithin(argument, skips));
}

function isUnsteadyNode(node: ts.Node): boolean {
  if (isAwaitExpression(node) || isYieldExpression(node)) return true;
  if (isBinaryExpression(node)) return isAssignmentOperator(node.operatorToken.kind);
  return node.kind === SyntaxKind.PostfixUnaryExpression || isStep(node);
}

/** `++i`. */
function isStep(node: ts.Node): boolean {
  if (!isPrefixUnaryExpression(node)) return false;
  const { operator } = node;
  return operator === SyntaxKind.PlusPlusToken || operator === SyntaxKind.MinusMinusToken;
}

/** `if (!order.userId) continue;` and the like stand before the call. */
export function isGuarded({ call, loop, callback }: TurnNodes): boolean {
  const body = callback?.body ?? (isLoopStatement(loop) ? loop.statement : loop);
  return someWithin(body, (node) => node.end <= call.pos && leavesTurn(node));
}

function leavesTurn(node: ts.Node): boolean {
  return isContinueStatement(node) || isBreakStatement(node) || isReturnStatement(node) || isThrowStatement(node);
}

/** Stands in a `try` within the function the loop or the callback belongs to. */
export function isTried({ call }: TurnNodes): boolean {
  for (let at: ts.Node = call; at.parent !== undefined && !isFunctionNode(at); at = at.parent) {
    if (isTryStatement(at.parent) && at === at.parent.tryBlock) return true;
  }
  return false;
}

/** `if (await f())`, `!(await f())`. */
export function isTested(slot: ts.Expression): boolean {
  let at: ts.Node = slot;
  while (isParenthesizedExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (isIfStatement(parent)) return parent.expression === at;
  return isPrefixUnaryExpression(parent) && parent.operator === SyntaxKind.ExclamationToken;
}

/** `for (…) await f();`, `for (…) { await f(); }`, `(x) => f()`, `async (x) => { await f(); }`. */
export function isAlone({ loop, callback }: TurnNodes, slot: ts.Expression): boolean {
  if (callback !== null && isArrowFunction(callback) && callback.body === slot) return true;
  const at = slot.parent;
  if (!isExpressionStatement(at) && !(callback !== null && isReturnStatement(at))) return false;
  const body = callback?.body ?? (isLoopStatement(loop) ? loop.statement : null);
  if (at === body) return true;
  return isBlock(at.parent) && at.parent === body && at.parent.statements.length === 1;
}

/** `const slug = slugify(name);` before the request that ends the turn. */
export function preludeOf(context: SourceContext, { loop, callback }: TurnNodes, slot: ts.Expression): Span | null {
  const body = callback?.body ?? (isLoopStatement(loop) ? loop.statement : null);
  const last = slot.parent;
  if (!body || !isBlock(body) || last.parent !== body || !(isExpressionStatement(last) || isReturnStatement(last)))
    return null;
  const before = body.statements.slice(0, -1);
  const [first, end] = [before[0], before.at(-1)];
  if (body.statements.at(-1) !== last || !first || !end || !before.every(isSteadyConstant)) return null;
  return { start: context.spanOf(first).start, end: end.end };
}

function isSteadyConstant(node: ts.Statement): boolean {
  if (!isVariableStatement(node) || (node.declarationList.flags & NodeFlags.Const) === 0) return false;
  return !someWithin(node, isUnsteadyNode);
}
