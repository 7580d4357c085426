import type { ts } from 'ts-morph';
import {
  forEachChild,
  isArrowFunction,
  isAwaitExpression,
  isBlock,
  isBreakStatement,
  isCallExpression,
  isContinueStatement,
  isExpressionStatement,
  isForOfStatement,
  isFunctionExpression,
  isFunctionLike,
  isIfStatement,
  isReturnStatement,
  isSwitchStatement,
  isThrowStatement,
  isTryStatement,
  SyntaxKind,
} from '../compiler.ts';
import { someWithin } from '../expressions.ts';
import { isLoopStatement } from '../nodeKinds.ts';
import { lastNameOf } from '../nodeNames.ts';

/** Where a turn of a loop ends early, seen from this loop and not from loops or functions inside it. */
export interface Exits {
  /** `return`, `throw` and the loop's own `break`. */
  readonly leaves: readonly ts.Statement[];
  readonly continues: readonly ts.Statement[];
}

export function exitsOf(body: ts.Statement): Exits {
  const leaves: ts.Statement[] = [];
  const continues: ts.Statement[] = [];
  collect(body, { breaks: true, continues: true });
  return { leaves, continues };

  function collect(node: ts.Node, own: { readonly breaks: boolean; readonly continues: boolean }): void {
    if (isFunctionLike(node)) return;
    if (isReturnStatement(node) || isThrowStatement(node)) leaves.push(node);
    if (isBreakStatement(node) && (own.breaks || node.label)) leaves.push(node);
    if (isContinueStatement(node) && (own.continues || node.label)) continues.push(node);
    const inner = isLoopStatement(node) ? NOTHING : isSwitchStatement(node) ? { ...own, breaks: false } : own;
    forEachChild(node, (child) => collect(child, inner));
  }
}

const NOTHING = { breaks: false, continues: false };

/** Why what waits in the body runs at most once, however long the loop; null when it may run every turn. */
export function leavesInFirstTurn(body: ts.Statement, exits: Exits): string | null {
  if (exits.leaves.length === 0) return null;
  const last = isBlock(body) ? body.statements.at(-1) : body;
  const endsLeaving = last !== undefined && leaves(last, true);
  if (endsLeaving && exits.continues.length === 0) return 'the first turn ends the loop';
  const waits = waitsIn(body);
  if (waits.length === 0 || startsWithoutWaiting(body)) return null;
  const lastContinue = Math.max(-1, ...exits.continues.map((each) => each.end));
  if (endsLeaving && waits.every((wait) => wait.pos >= lastContinue)) return 'the turn that waits ends the loop';
  return waits.every((wait) => isFollowedByExit(wait, body)) ? 'the turn that waits ends the loop' : null;
}

/** What the body waits for before it leaves the loop for good: it runs in the last turn only. */
export function lastWaits(body: ts.Statement): readonly ts.Node[] {
  return waitsIn(body).filter((wait) => isFollowedByExit(wait, body));
}

function leaves(statement: ts.Statement, ownBreak: boolean): boolean {
  if (isReturnStatement(statement) || isThrowStatement(statement)) return true;
  if (isBreakStatement(statement)) return ownBreak;
  if (isBlock(statement)) return endLeaves(statement.statements, ownBreak);
  if (isIfStatement(statement)) {
    return (
      statement.elseStatement !== undefined &&
      leaves(statement.thenStatement, ownBreak) &&
      leaves(statement.elseStatement, ownBreak)
    );
  }
  if (!isTryStatement(statement)) return false;
  return (
    leaves(statement.tryBlock, ownBreak) && (!statement.catchClause || leaves(statement.catchClause.block, ownBreak))
  );
}

function endLeaves(statements: readonly ts.Statement[], ownBreak: boolean): boolean {
  const last = statements.at(-1);
  return last !== undefined && leaves(last, ownBreak);
}

function waitsIn(body: ts.Statement): readonly ts.Node[] {
  const found: ts.Node[] = [];
  someWithin(body, (node) => {
    if (isAwaitExpression(node) || (isForOfStatement(node) && node.awaitModifier)) found.push(node);
    return false;
  });
  return found;
}

/** `promises.push(load(x))` and callbacks that wait on their own account are not seen as waits of this body. */
function startsWithoutWaiting(body: ts.Statement): boolean {
  return someWithin(body, (node) => {
    if (!isCallExpression(node)) return false;
    const pushes =
      lastNameOf(node.expression) === 'push' && node.arguments.some((each) => someWithin(each, isCallExpression));
    return pushes || (isExpressionStatement(node.parent) && node.arguments.some((each) => isAsyncFunction(each)));
  });
}

function isAsyncFunction(node: ts.Expression): boolean {
  return (
    (isArrowFunction(node) || isFunctionExpression(node)) &&
    node.modifiers?.some((each) => each.kind === SyntaxKind.AsyncKeyword) === true
  );
}

/** The statements after a wait, in some block around it and within the loop, end by leaving. */
function isFollowedByExit(wait: ts.Node, body: ts.Statement): boolean {
  let ownBreak = true;
  for (let node = wait; node !== body; node = node.parent) {
    if (isReturnStatement(node) || isThrowStatement(node)) return true;
    if (isLoopStatement(node) || isSwitchStatement(node)) ownBreak = false;
    if (
      isBlock(node.parent) &&
      node.parent !== body &&
      !isLoopStatement(node.parent.parent) &&
      endLeaves(node.parent.statements, ownBreak)
    ) {
      return !hasContinueAfter(node, node.parent);
    }
  }
  return false;
}

function hasContinueAfter(from: ts.Node, block: ts.Block): boolean {
  return exitsOf(block).continues.some((each) => each.pos > from.pos);
}
