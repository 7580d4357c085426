import type { ts } from 'ts-morph';
import {
  isArrowFunction,
  isAwaitExpression,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isCaseBlock,
  isCaseOrDefaultClause,
  isConditionalExpression,
  isForOfStatement,
  isIfStatement,
  isPropertyAccessExpression,
  isReturnStatement,
  isStatement,
  isTryStatement,
  SyntaxKind,
} from './compiler.ts';
import type { CallNode, LoopStatement } from './nodeKinds.ts';
import { isFunctionNode, isLoopStatement, isTransparent, runsPerTurn } from './nodeKinds.ts';
import type { SourceNodes } from './sourceNodes.ts';

/** Whether the call's promise is awaited where the call stands, also at the end of `.then(…)`, `.catch(…)` or a fluent chain. */
export function isAwaited(call: CallNode): boolean {
  for (let inner: ts.Node = call; ; inner = inner.parent) {
    const at = inner.parent;
    if (at === undefined) return false;
    if (isAwaitExpression(at)) return true;
    if (!passesOn(at, inner) && !continuesPromise(at, inner)) return false;
  }
}

/** Whether the call's value is what a `return` or an arrow's expression gives. */
export function isReturned(call: CallNode): boolean {
  for (let inner: ts.Node = call; ; inner = inner.parent) {
    const at = inner.parent;
    if (at === undefined) return false;
    if (isReturnStatement(at)) return true;
    if (isArrowFunction(at)) return at.body === inner;
    if (!isTransparent(at) && !passesOn(at, inner) && !continuesPromise(at, inner)) return false;
  }
}

/** Whether on some path an `await` of the same function ran before the call, one of an earlier turn of a loop around it included. */
export function runsAfterAwait(call: CallNode, functionIndex: number, nodes: SourceNodes): boolean {
  const awaits = nodes.awaits[functionIndex] ?? [];
  if (awaits.length === 0) return false;
  const loops = loopsOf(call);
  return awaits.some((wait) => precedes(wait, call) || loops.some((loop) => repeats(loop, wait)));
}

/** The same value goes on to the parent: parentheses, casts, either side of a choice. */
function passesOn(at: ts.Node, inner: ts.Node): boolean {
  if (isConditionalExpression(at)) return at.condition !== inner;
  if (isBinaryExpression(at)) {
    switch (at.operatorToken.kind) {
      case SyntaxKind.BarBarToken:
      case SyntaxKind.QuestionQuestionToken:
        return true;
      case SyntaxKind.AmpersandAmpersandToken:
      case SyntaxKind.CommaToken:
        return at.right === inner;
      default:
        return false;
    }
  }
  return isTransparent(at) && !isAwaitExpression(at);
}

const PROMISE_STEPS: ReadonlySet<string> = new Set(['then', 'catch', 'finally']);

/** `f().then` and the call of it; `findUnique(…).posts` and the call of it. */
function continuesPromise(at: ts.Node, inner: ts.Node): boolean {
  if (isPropertyAccessExpression(at)) {
    if (at.expression !== inner || !isCallExpression(at.parent) || at.parent.expression !== at) return false;
    return PROMISE_STEPS.has(at.name.text) || isSingleQuery(inner);
  }
  return (
    isCallExpression(at) && at.expression === inner && isPropertyAccessExpression(inner) && inner.expression !== at
  );
}

/** Prisma lets relations be read from the promise of one record. */
function isSingleQuery(node: ts.Node): boolean {
  if (!isCallExpression(node) || !isPropertyAccessExpression(node.expression)) return false;
  return /^find(?:Unique|First)/.test(node.expression.name.text);
}

function loopsOf(call: ts.Node): readonly LoopStatement[] {
  const found: LoopStatement[] = [];
  let inner = call;
  for (let at = call.parent; at !== undefined && !isFunctionNode(at); inner = at, at = at.parent) {
    if (isLoopStatement(at) && runsPerTurn(at, inner)) found.push(at);
  }
  return found;
}

function repeats(loop: LoopStatement, wait: ts.Node): boolean {
  if (wait === loop) return true;
  if (wait.pos < loop.pos || wait.end > loop.end) return false;
  let part = wait;
  while (part.parent !== loop) part = part.parent;
  return runsPerTurn(loop, part);
}

function precedes(wait: ts.Node, call: CallNode): boolean {
  const around = wait.pos <= call.pos && wait.end >= call.end;
  if (around) return isForOfStatement(wait) && call.pos >= wait.statement.pos;
  return wait.end <= call.end && !isLeftBefore(wait, call);
}

/** No path leads from the await to the call: they stand in different branches, or the await's branch leaves. */
function isLeftBefore(wait: ts.Node, call: CallNode): boolean {
  let inner: ts.Node = wait;
  for (let at = wait.parent; at !== undefined; inner = at, at = at.parent) {
    if (at.pos <= call.pos && at.end >= call.end) return areExclusive(at, inner, call);
    if (isBlock(at) && !isTryStatement(at.parent) && leaves(at.statements.at(-1))) return true;
    if (isStatement(at) && leaves(at) && isIfStatement(at.parent)) return true;
  }
  return false;
}

function areExclusive(at: ts.Node, branch: ts.Node, call: CallNode): boolean {
  if (isIfStatement(at)) return branch !== at.expression;
  if (isConditionalExpression(at)) return branch !== at.condition;
  if (isCaseBlock(at)) return isCaseOrDefaultClause(branch) && leaves(branch.statements.at(-1));
  if (isTryStatement(at)) return false;
  return isStatement(branch) && leaves(branch) && call.pos > branch.end;
}

/** Whether what stands behind a statement is not reached from it. */
export function leaves(statement: ts.Statement | undefined): boolean {
  if (statement === undefined) return false;
  switch (statement.kind) {
    case SyntaxKind.ReturnStatement:
    case SyntaxKind.ThrowStatement:
    case SyntaxKind.BreakStatement:
    case SyntaxKind.ContinueStatement:
      return true;
    case SyntaxKind.Block:
      return leaves((statement as ts.Block).statements.at(-1));
    default:
      return false;
  }
}
