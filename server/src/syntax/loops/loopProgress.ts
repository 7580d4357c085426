import type { ts } from 'ts-morph';
import {
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isForStatement,
  isIdentifier,
  isIfStatement,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  SyntaxKind,
} from '../compiler.ts';
import { someWithin } from '../expressions.ts';
import type { LoopShape } from '../facts.ts';
import { unwrap } from '../nodeKinds.ts';
import { keyOf, lastNameOf } from '../nodeNames.ts';
import { callsNamed, isEndless, mentions, namesIn, type Setting, someDeep, type Turn, waits } from './loopTurns.ts';

/** How a loop without elements goes on: by pages, attempts, waiting; null when its text shows none of these. */
export function progressOf(turn: Turn): LoopShape | null {
  return (
    shaped('pages', pagingReason(turn)) ??
    shaped('retry', attemptReason(turn) ?? probingReason(turn)) ??
    shaped('poll', waitingReason(turn))
  );
}

function shaped(kind: 'pages' | 'retry' | 'poll', why: string | null): LoopShape | null {
  return why === null ? null : { kind, why };
}

const PAGE_KEY =
  /^(cursor|skip|offset|page|page_?(number|num|no|index|token)|next_?(page|cursor|token|page_?token)|after|starting_?after|start_?(after|cursor|key|index)|exclusive_?start_?key|continuation_?token|last_?(id|key|seen\w*|cursor)|marker|from_?(id|seq))$/i;
const PAGE_NAME =
  /(cursor|skip|offset|page|last_?(seen|id|key|row|item|record|doc)|next(token|key|id)|token|marker|after|position|watermark)/i;

/** The place in the list is carried from turn to turn, or the loop ends on an empty or short page. */
export function pagingReason(turn: Turn): string | null {
  const carried = turn.sets.filter((each) => each.carried);
  for (const each of carried) {
    if (PAGE_KEY.test(each.target) && (each.declaration === null || isUsedInCall(turn, each)))
      return `each turn moves \`${each.target}\` on`;
    const key = each.declaration ? pageKeyOf(turn, each) : null;
    if (key !== null) return `each turn moves \`${key}\` on`;
  }
  return moreReason(turn, carried) ?? emptyPageReason(turn);
}

/** The variable reaches a call as `skip: n`, `cursor: { id }`, `...(cursor && { cursor, skip: 1 })`. */
function pageKeyOf(turn: Turn, { declaration, target }: Setting): string | null {
  let found: string | null = null;
  if (declaration === null) return null;
  someDeep(turn.loop.statement, (node) => {
    const key = isPropertyAssignment(node) || isShorthandPropertyAssignment(node) ? keyOf(node.name) : null;
    if (key !== null && PAGE_KEY.test(key) && mentions(turn.scopes, node, declaration)) found = key;
    return found !== null;
  });
  if (found !== null) return found;
  return PAGE_NAME.test(target) && isUsedInCall(turn, { declaration }) ? target : null;
}

function isUsedInCall(turn: Turn, { declaration }: Pick<Setting, 'declaration'>): boolean {
  if (declaration === null) return false;
  return someWithin(turn.loop, (node) => {
    if (!isAwaitExpression(node)) return false;
    return mentions(turn.scopes, node, declaration);
  });
}

const MORE =
  /^(has_?(more|next)\w*|is_?(done|last\w*|finished|complete|truncated)|more|done|finished|last_?page|next_?(page|cursor|token|page_?token|url|link)|cursor|continue|should_?continue|keep_?going)$/i;

/** The loop asks a flag that the last answer set. */
function moreReason(turn: Turn, carried: readonly Setting[]): string | null {
  for (const guard of turn.guards) {
    const name = namesIn(guard).find((each) => MORE.test(each));
    if (name === undefined || (isState(name) && callsNamed(turn.loop.statement, SLEEP))) continue;
    const isSet = carried.some((each) => each.target === name && each.value !== null && !isConstantInTry(each.value));
    if (isSet && someWithin(turn.loop, isAwaitExpression) && !isTrueConstant(turn, name))
      return `it goes on while \`${name}\` says so`;
  }
  return null;
}

/** Awaited with pauses, such a flag is a state, not a page's. */
function isState(name: string): boolean {
  return /^(is_?)?(done|finished|complete)$/i.test(name);
}

function isConstantInTry(value: ts.Expression): boolean {
  return unwrap(value).kind === SyntaxKind.TrueKeyword;
}

/** A flag only ever set to a constant under a test of an awaited answer is judged by that test instead. */
function isTrueConstant(turn: Turn, name: string): boolean {
  const values = turn.sets.filter((each) => each.target === name).map((each) => each.value);
  const constant = values.every((each) => each !== null && /^(true|false)$/.test(unwrap(each).getText()));
  return constant && emptyTests(turn, flagGuards(turn, name)) === null && !/more|next/i.test(name);
}

/** The `if`s under which a flag is set. */
function flagGuards(turn: Turn, name: string): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  someWithin(turn.loop.statement, (node) => {
    if (isIfStatement(node) && someWithin(node.thenStatement, (each) => isIdentifier(each) && each.text === name))
      found.push(node.expression);
    return false;
  });
  return found;
}

/** `if (rows.length === 0) break`, `while (rows.length === SIZE)`, `while (deleted.count > 0)`. */
function emptyPageReason(turn: Turn): string | null {
  return emptyTests(turn, turn.guards) ?? (turn.condition && countedAnswer(turn.condition));
}

/** `while ((await drop({ take: 100 })).count > 0)`. */
function countedAnswer(condition: ts.Expression): string | null {
  const isCounted = someWithin(
    condition,
    (node) => isPropertyAccessExpression(node) && COUNT.test(node.name.text) && waits(node.expression),
  );
  return isCounted ? 'it goes on until an answer comes back empty or short' : null;
}

const COUNT = /^(length|count|size)$/;

function emptyTests(turn: Turn, guards: readonly ts.Expression[]): string | null {
  for (const each of turn.sets) {
    if (!each.declaration || !each.value || !waits(each.value)) continue;
    const { declaration } = each;
    if (guards.some((guard) => someWithin(guard, (node) => isCountOf(turn, node, declaration))))
      return `it goes on until \`${each.target}\` comes back empty or short`;
  }
  return null;
}

function isCountOf(turn: Turn, node: ts.Node, declaration: NonNullable<Setting['declaration']>): boolean {
  if (!isPropertyAccessExpression(node) || !COUNT.test(node.name.text)) return false;
  return mentions(turn.scopes, node.expression, declaration);
}

const ATTEMPT = /attempt|retry|retries|^tries|tries$|^trial|collision|failures?$|suffix/i;

/** A counter of attempts, in the loop's test or counted up in its body. */
export function attemptReason(turn: Turn): string | null {
  const steps = turn.sets.filter((each) => each.carried || isForStatement(turn.loop)).map((each) => each.target);
  const names = [...steps, ...(turn.condition ? namesIn(turn.condition, isMeasured) : [])];
  const name = names.find((each) => ATTEMPT.test(each));
  return name === undefined ? null : `it counts \`${name}\``;
}

/** `attempts.length`: rows of that name are gone over. */
function isMeasured(name: ts.Identifier): boolean {
  const { parent } = name;
  return isPropertyAccessExpression(parent) && parent.expression === name && parent.name.text === 'length';
}

/** `while (await exists(slug))`, `do { … } while (taken)`, `if (!existing) return slug`: a made-up value is tried until it is free. */
function probingReason(turn: Turn): string | null {
  if (turn.condition && waits(turn.condition) && !someWithin(turn.condition, isStepCall))
    return 'it goes on until the answer fits';
  for (const each of turn.sets) {
    if (!each.declaration || !each.value || !waits(each.value) || walksOn(turn, each)) continue;
    const { declaration } = each;
    const guard = turn.guards.find((test) => mentions(turn.scopes, test, declaration));
    if (guard && (guard === turn.condition || isAbsenceTest(guard))) return `it goes on until \`${each.target}\` fits`;
  }
  return flagProbing(turn);
}

const UNIQUE = /^(is_?)?(unique|free|available|taken|exists|existing|duplicate|valid|found|conflict)\w*$/i;

/** `while (!isUnique) { …; if (!row) isUnique = true }`. */
function flagProbing(turn: Turn): string | null {
  if (!turn.condition) return null;
  const name = namesIn(turn.condition).find((each) => UNIQUE.test(each));
  const isSet =
    name !== undefined && turn.sets.some((each) => each.target === name && each.carried && !walksOn(turn, each));
  return isSet ? `it goes on until \`${name}\` says so` : null;
}

function isStepCall(node: ts.Node): boolean {
  return isCallExpression(node) && /^(next|read|shift|pop|dequeue|receive|exec)$/.test(lastNameOf(node.expression));
}

/** The answer, or something taken from it, goes into the next question: `row = await load(row.parentId)`. */
function walksOn(turn: Turn, { declaration, value }: Setting): boolean {
  if (declaration === null || value === null) return false;
  if (mentions(turn.scopes, value, declaration)) return true;
  return turn.sets.some(
    (next) =>
      next.carried &&
      next.declaration !== null &&
      next.declaration !== declaration &&
      next.value !== null &&
      mentions(turn.scopes, next.value, declaration) &&
      mentions(turn.scopes, value, next.declaration),
  );
}

/** `!row`, `row === null`, `count === 0`, `row == undefined`. */
function isAbsenceTest(guard: ts.Expression): boolean {
  return someWithin(guard, (node) => {
    if (isPrefixUnaryExpression(node)) return node.operator === SyntaxKind.ExclamationToken;
    return (
      isBinaryExpression(node) &&
      /^={2,3}$/.test(node.operatorToken.getText()) &&
      /^(null|undefined|0|false)$/.test(node.right.getText())
    );
  });
}

const SLEEP = /^(sleep|delay|wait|pause|setTimeout|setImmediate|wait_?(for|until)\w*|sleep\w+|delay\w+|next_?tick)$/i;
const RUNNING =
  /run|stop|shut|abort|alive|cancel|close|exit|terminat|enabled|listening|consum|done|ready|complete|finish|pending|status|state/i;
const RECEIVE =
  /^(brpop|blpop|bzpopmin|xread|xreadgroup|receive\w*|dequeue|poll\w*|claim\w*|fetch_?next\w*|next_?job)$/i;

/** It sleeps between turns, or goes on as long as a service runs. */
function waitingReason(turn: Turn): string | null {
  if (callsNamed(turn.loop.statement, SLEEP)) return 'it sleeps between turns';
  if (isEndless(turn.condition) && callsNamed(turn.loop, RECEIVE)) return 'it is the endless loop of a worker';
  if (!turn.condition || !waits(turn.loop)) return null;
  const name = isForStatement(turn.loop) ? undefined : namesIn(turn.condition).find((each) => RUNNING.test(each));
  return name === undefined ? null : `it goes on until \`${name}\` changes`;
}
