import type { ts } from 'ts-morph';
import {
  isAwaitExpression,
  isBinaryExpression,
  isConditionalExpression,
  isIfStatement,
  SyntaxKind,
} from '../compiler.ts';
import type { Declaration } from '../declarations.ts';
import type { SourceContext } from '../sourceContext.ts';
import type { WaitFact, WaitsFact } from '../waitFact.ts';
import { awaitedCall } from './awaitedCall.ts';
import { assignedTo, isPassedOver, isWaiting, statementListOf } from './statements.ts';
import { placeOf } from './waitPlaces.ts';

/** Calls awaited one after the other in one list of statements, with nothing between them that must stay between. */
export function extractWaits(context: SourceContext): readonly WaitsFact[] {
  const found: WaitsFact[] = [];
  context.nodes.awaits.forEach((awaits, home) => {
    if (awaits.length < 2) return;
    const single = awaits.filter(isAwaitExpression);
    for (const [list, waits] of Map.groupBy(single, statementListOf)) {
      if (list === null || waits.length < 2) continue;
      for (const run of runsOf(context, list, waits, awaits))
        if (run.length > 1) found.push({ function: home, waits: run.map((wait) => toFact(context, wait, run)) });
    }
  });
  return found;
}

/** An awaited call in the making. */
interface Wait {
  readonly node: ts.AwaitExpression;
  readonly call: number;
  readonly statement: ts.Statement;
  /** What holds its value, and what is made of that before the run ends. */
  readonly names: Set<Declaration>;
  /** No statement stands between it and the one before. */
  readonly adjacent: boolean;
  /** Earlier waits that a test in between looks at, so that they decide whether this one runs, or with what. */
  readonly gates: readonly Wait[];
}

/** Splits a list of statements where something must not be moved across. */
function runsOf(
  context: SourceContext,
  list: readonly ts.Statement[],
  own: readonly ts.AwaitExpression[],
  all: readonly ts.Node[],
): readonly (readonly Wait[])[] {
  const runs: Wait[][] = [[]];
  let gates: readonly Wait[] = [];
  let adjacent = false;
  for (const statement of list) {
    const run = runs.at(-1) ?? [];
    const inside = own.filter((node) => isWithin(node, statement));
    const waits = isWaiting(statement)
      ? inside.flatMap((node) => waitAt(context, node, { statement, adjacent, gates }))
      : [];
    if (inside.length > 0 && waits.length === inside.length) {
      run.push(...waits.toSorted((a, b) => a.node.end - b.node.end));
      adjacent = true;
    } else if (isPassedOver(statement) && !all.some((node) => isWithin(node, statement))) {
      derive(context, statement, run);
      if (isIfStatement(statement)) gates = [...gates, ...run.filter((wait) => mentions(context, wait, statement))];
      adjacent = false;
    } else {
      runs.push([]);
      gates = [];
    }
  }
  return runs;
}

function isWithin(node: ts.Node, outer: ts.Node): boolean {
  return node.pos >= outer.pos && node.end <= outer.end;
}

function waitAt(
  context: SourceContext,
  node: ts.AwaitExpression,
  around: Pick<Wait, 'statement' | 'adjacent' | 'gates'>,
): readonly Wait[] {
  const call = awaitedCall(context, node);
  return call === null ? [] : [{ ...around, node, call, names: new Set(assignedTo(context, around.statement)) }];
}

/** What is declared with the value of a wait stands for it from there on. */
function derive(context: SourceContext, statement: ts.Statement, run: readonly Wait[]): void {
  const names = assignedTo(context, statement);
  if (names.length === 0) return;
  for (const wait of run) if (mentions(context, wait, statement)) for (const name of names) wait.names.add(name);
}

function mentions({ scopes }: SourceContext, { names }: Wait, within: ts.Node): boolean {
  for (const name of names) {
    const found = scopes.referencesTo(name).some((use) => isWithin(use, within));
    if (found) return true;
  }
  return false;
}

function toFact(context: SourceContext, wait: Wait, run: readonly Wait[]): WaitFact {
  const { node, call, statement, adjacent } = wait;
  const place = placeOf(context, node, statement);
  const needs = run.flatMap((other, index) =>
    run.indexOf(wait) > index && isNeeded(context, wait, other) ? [index] : [],
  );
  return { call, needs, adjacent, span: context.spanOf(node), value: context.spanOf(node.expression), ...place };
}

function isNeeded(context: SourceContext, wait: Wait, earlier: Wait): boolean {
  const { node, statement, gates } = wait;
  if (gates.includes(earlier)) return true;
  if (statement !== earlier.statement) return mentions(context, earlier, isConditional(wait) ? statement : node);
  return isWithin(earlier.node, node) || isConditional(wait);
}

function isConditional({ node, statement }: Wait): boolean {
  for (let at: ts.Node = node; at !== statement; at = at.parent) if (mayBeSkipped(at, at.parent)) return true;
  return false;
}

function mayBeSkipped(operand: ts.Node, at: ts.Node): boolean {
  if (isConditionalExpression(at)) return at.condition !== operand;
  return isBinaryExpression(at) && at.right === operand && SHORT_CIRCUITS.has(at.operatorToken.kind);
}

const SHORT_CIRCUITS: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
]);
