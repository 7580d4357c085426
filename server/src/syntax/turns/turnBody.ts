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
  return node.kind === SyntaxKind.PostfixUnaryExpression || isCounting(node);
}

/** `++i`. */
function isCounting(node: ts.Node): boolean {
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

/** A failure of it is dealt with in the same turn. */
export function isTried({ call, loop }: TurnNodes): boolean {
  for (let at: ts.Node = call; at.parent !== undefined && at !== loop && !isFunctionNode(at); at = at.parent) {
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

/** `for (…) await f();`, `for (…) { await f(); }`, `(x) => f()`, `async (x) => { await f(); }`, without a comment that would be lost. */
export function isAlone(context: SourceContext, nodes: TurnNodes, slot: ts.Expression): boolean {
  const { callback } = nodes;
  if (callback !== null && isArrowFunction(callback) && callback.body === slot) return true;
  const body = bodyOf(nodes);
  if (isStep(slot, callback) && slot.parent === body) return true;
  const before = body && isBlock(body) ? beforeLast(context, body, slot, callback) : null;
  return before !== null && before.start === before.end;
}

/** `const slug = slugify(name);` before the request that ends the turn, with its comments. */
export function preludeOf(context: SourceContext, nodes: TurnNodes, slot: ts.Expression): Span | null {
  const body = bodyOf(nodes);
  if (!body || !isBlock(body) || !body.statements.slice(0, -1).every(isSteadyConstant)) return null;
  const before = beforeLast(context, body, slot, nodes.callback);
  return before && before.start < before.end ? before : null;
}

function bodyOf({ loop, callback }: TurnNodes): ts.Node | null {
  return callback?.body ?? (isLoopStatement(loop) ? loop.statement : null);
}

/** The slot is a statement, or what the callback returns. */
function isStep({ parent }: ts.Expression, callback: TurnNodes['callback']): boolean {
  return isExpressionStatement(parent) || (callback !== null && isReturnStatement(parent));
}

/** The text of a block before its last statement, if that is the slot's and nothing but space follows it. */
function beforeLast(
  { text, spanOf }: SourceContext,
  body: ts.Block,
  slot: ts.Expression,
  callback: TurnNodes['callback'],
): Span | null {
  const last = slot.parent;
  if (!isStep(slot, callback) || last.parent !== body || body.statements.at(-1) !== last) return null;
  if (text.slice(last.end, body.end - 1).trim() !== '') return null;
  const from = spanOf(body).start + 1;
  const code = text.slice(from, spanOf(last).start);
  const start = from + code.length - code.trimStart().length;
  return { start, end: Math.max(start, from + code.trimEnd().length) };
}

function isSteadyConstant(node: ts.Statement): boolean {
  if (!isVariableStatement(node) || (node.declarationList.flags & NodeFlags.Const) === 0) return false;
  return !someWithin(node, isUnsteadyNode);
}
