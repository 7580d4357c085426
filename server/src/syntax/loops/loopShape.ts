import type { ts } from 'ts-morph';
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclarationList,
  SyntaxKind,
} from '../compiler.ts';
import { someWithin } from '../expressions.ts';
import type { LoopShape } from '../facts.ts';
import { type LoopStatement, unwrap } from '../nodeKinds.ts';
import { lastNameOf } from '../nodeNames.ts';
import type { Scopes } from '../scopes.ts';
import type { Iteration } from './loopCalls.ts';
import { timesOf } from './loopCalls.ts';
import { chunkedReason, slicingReason } from './loopChunks.ts';
import { leavesInFirstTurn } from './loopExits.ts';
import { attemptReason, pagingReason, progressOf } from './loopProgress.ts';
import { fixedNumber, fixedSize } from './loopSizes.ts';
import { isEndless, namesIn, type Turn, turnOf, waits } from './loopTurns.ts';

const EACH: LoopShape = { kind: 'each' };

/** How a loop statement progresses, judged by its text and the constants of its file. */
export function shapeOfStatement(scopes: Scopes, loop: LoopStatement): LoopShape {
  const turn = turnOf(scopes, loop);
  const once = leavesInFirstTurn(loop.statement, turn.exits);
  if (once !== null) return { kind: 'once', why: once };
  switch (loop.kind) {
    case SyntaxKind.ForOfStatement:
      return shapeOfForOf(turn, loop as ts.ForOfStatement);
    case SyntaxKind.ForInStatement:
      return fixedSize(scopes, (loop as ts.ForInStatement).expression) ?? EACH;
    case SyntaxKind.ForStatement:
      return shapeOfFor(turn, loop as ts.ForStatement);
    default:
      return shapeOfWhile(turn, loop as ts.WhileStatement | ts.DoStatement);
  }
}

/** How a call that runs a callback per element progresses. */
export function shapeOfIteration(scopes: Scopes, call: ts.CallExpression, { over }: Iteration): LoopShape {
  const times = timesOf(call);
  if (times !== null) return { kind: 'counted', size: times };
  return (over && (fixedSize(scopes, over) ?? chunked(scopes, over))) ?? EACH;
}

function chunked(scopes: Scopes, over: ts.Expression): LoopShape | null {
  const why = chunkedReason(scopes, over);
  return why === null ? null : { kind: 'chunks', why };
}

const PAGED = /page|paginat|batch|chunk/i;

function shapeOfForOf(turn: Turn, loop: ts.ForOfStatement): LoopShape {
  const list = loop.expression;
  const known = fixedSize(turn.scopes, list) ?? chunked(turn.scopes, list);
  if (known) return known;
  const variable = loop.initializer.getText();
  if (loop.awaitModifier && (PAGED.test(makerName(list)) || PAGED.test(variable)))
    return { kind: 'pages', why: 'each turn is a page' };
  if (/\b(attempt|retry|tries)\b/i.test(variable) && isRange(list))
    return { kind: 'retry', why: 'each turn is an attempt' };
  if (isCandidateList(list) && turn.exits.leaves.length > 0)
    return { kind: 'search', why: 'it stops at the first candidate that fits' };
  return EACH;
}

/** Numbers made for the loop: `range(3)`, `Array(n).keys()`, `Array.from({ length: n })`. */
function isRange(list: ts.Expression): boolean {
  return isCallExpression(unwrap(list)) && /^(range|keys|from|times)$/.test(makerName(list));
}

function makerName(list: ts.Expression): string {
  const inner = unwrap(list);
  return isCallExpression(inner) ? lastNameOf(inner.expression) : lastNameOf(inner);
}

/** Named like a short list of guesses made up by the program. */
function isCandidateList(list: ts.Expression): boolean {
  return /candidate|fallback|guess|suffix|^possible/i.test(makerName(list));
}

function shapeOfFor(turn: Turn, loop: ts.ForStatement): LoopShape {
  const slicing = slicingReason(loop);
  if (slicing !== null) return { kind: 'chunks', why: slicing };
  if (countsUpToLength(turn)) return EACH;
  const paging = pagingReason(turn);
  if (paging !== null) return { kind: 'pages', why: paging };
  const attempts = attemptReason(turn);
  if (attempts !== null) return { kind: 'retry', why: attempts };
  if (isEndless(turn.condition)) return progressOf(turn) ?? UNKNOWN_END;
  const size = turnsOf(turn.scopes, loop);
  return size === null ? EACH : { kind: 'counted', size };
}

const UNKNOWN_END: LoopShape = { kind: 'unknown', why: 'nothing tells when it ends' };

/** Turns of `for (let i = 0; i < 3; i++)`, also downwards and with further conditions. */
function turnsOf(scopes: Scopes, loop: ts.ForStatement): number | null {
  const counter = counterOf(loop);
  const from = counter?.initializer ? fixedNumber(scopes, counter.initializer) : null;
  if (!counter || from === null || !isIdentifier(counter.name) || !loop.condition) return null;
  const bound = boundOf(scopes, loop.condition, counter.name.text);
  return bound === null ? null : Math.max(0, Math.abs(bound.number - from) + (bound.inclusive ? 1 : 0));
}

function counterOf(loop: ts.ForStatement): ts.VariableDeclaration | null {
  return loop.initializer && isVariableDeclarationList(loop.initializer)
    ? (loop.initializer.declarations[0] ?? null)
    : null;
}

/** The constant a counter is compared with; with `&&` either side bounds it. */
function boundOf(
  scopes: Scopes,
  condition: ts.Expression,
  counter: string,
): { readonly number: number; readonly inclusive: boolean } | null {
  const test = unwrap(condition);
  if (!isBinaryExpression(test)) return null;
  const operator = test.operatorToken.getText();
  if (operator === '&&') return boundOf(scopes, test.left, counter) ?? boundOf(scopes, test.right, counter);
  if (!/^(<|<=|>|>=|!==?)$/.test(operator)) return null;
  const left = unwrap(test.left);
  if (!isIdentifier(left) || left.text !== counter) return null;
  const number = fixedNumber(scopes, test.right);
  return number === null ? null : { number, inclusive: operator.endsWith('=') && !operator.startsWith('!') };
}

function shapeOfWhile(turn: Turn, loop: ts.WhileStatement | ts.DoStatement): LoopShape {
  const slicing = slicingReason(loop);
  if (slicing !== null) return { kind: 'chunks', why: slicing };
  if (takesFromList(turn) || countsUpToLength(turn)) return EACH;
  const progress = progressOf(turn);
  if (progress) return progress;
  const size = countedWhile(turn);
  if (size !== null) return { kind: 'counted', size };
  return isEndless(turn.condition)
    ? UNKNOWN_END
    : { kind: 'unknown', why: 'its test says nothing of how often it runs' };
}

/** `while ((row = rows.shift()))`, `while (queue.length) { const id = queue.pop(); … }`, iterators and regular expressions. */
function takesFromList(turn: Turn): boolean {
  const { condition } = turn;
  if (!condition) return false;
  return someWithin(turn.loop, (node) => {
    if (!isCallExpression(node) || !/^(shift|pop|next|exec)$/.test(lastNameOf(node.expression))) return false;
    if (isWithin(node, condition)) return true;
    const callee = unwrap(node.expression);
    const list = isPropertyAccessExpression(callee) ? callee.expression.getText() : null;
    return list !== null && condition.getText().includes(list) && !isRefilled(turn, list);
  });
}

/** `rows = await next()`: its elements are a page. */
function isRefilled(turn: Turn, list: string): boolean {
  return turn.sets.some((each) => each.target === list && each.value !== null && waits(each.value));
}

function isWithin(node: ts.Node, outer: ts.Node): boolean {
  return node.pos >= outer.pos && node.end <= outer.end;
}

function countedWhile(turn: Turn): number | null {
  if (!turn.condition) return null;
  for (const each of turn.sets) {
    if (!each.declaration || !each.carried || !stepsByOne(each.value)) continue;
    const bound = boundOf(turn.scopes, turn.condition, each.target);
    if (bound) return bound.number;
  }
  return null;
}

function stepsByOne(value: ts.Expression | null): boolean {
  return value === null || value.getText() === '1';
}

/** `i < xs.length` with `i++`. */
function countsUpToLength(turn: Turn): boolean {
  if (!turn.condition) return false;
  return someWithin(turn.condition, (node) => {
    if (!isBinaryExpression(node) || !isIdentifier(node.left) || !namesIn(node.right).includes('length')) return false;
    const counter = node.left.text;
    return turn.sets.some((each) => each.carried && each.target === counter && stepsByOne(each.value));
  });
}
