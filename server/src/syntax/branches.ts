import type { ts } from 'ts-morph';
import { leaves } from './awaits.ts';
import {
  forEachChild,
  isBinaryExpression,
  isCaseClause,
  isCaseOrDefaultClause,
  isConditionalExpression,
  isFunctionLike,
  isIdentifier,
  isIfStatement,
  isPropertyAccessExpression,
  isTryStatement,
  isTypeNode,
  SyntaxKind,
} from './compiler.ts';
import type { BranchFact } from './facts.ts';
import { isFunctionNode } from './nodeKinds.ts';
import { dottedName } from './nodeNames.ts';
import type { SourceContext } from './sourceContext.ts';

const NONE: readonly BranchFact[] = [];
const MAX_MENTIONS = 8;

/** Finds the branches around calls, making each branch's fact once. */
export function startBranches(context: SourceContext): (node: ts.Node) => readonly BranchFact[] {
  const known = new Map<ts.Node, BranchFact | null>();
  const branchAt = (at: ts.Node, inner: ts.Node): BranchFact | null => {
    const earlier = known.get(inner);
    if (earlier !== undefined) return earlier;
    const branch = toFact(at, inner, context);
    known.set(inner, branch);
    return branch;
  };
  return (node) => {
    let found: BranchFact[] | null = null;
    let inner = node;
    for (let at = node.parent; at !== undefined && !isFunctionNode(at); inner = at, at = at.parent) {
      const branch = canBranch(at) ? branchAt(at, inner) : null;
      if (branch !== null) found = [branch, ...(found ?? [])];
    }
    return found ?? NONE;
  };
}

function canBranch(at: ts.Node): boolean {
  switch (at.kind) {
    case SyntaxKind.IfStatement:
    case SyntaxKind.ConditionalExpression:
    case SyntaxKind.BinaryExpression:
    case SyntaxKind.CaseClause:
    case SyntaxKind.DefaultClause:
    case SyntaxKind.TryStatement:
      return true;
    default:
      return false;
  }
}

function toFact(at: ts.Node, inner: ts.Node, context: SourceContext): BranchFact | null {
  const part = partOf(at, inner);
  if (part === null) return null;
  const { kind, tests, index, leaving } = part;
  const [test] = tests;
  const mentions = kind === 'catch' || kind === 'finally' ? [] : mentionedIn(tests);
  const of = context.spanOf(isCaseOrDefaultClause(at) ? at.parent.parent : at).start;
  return { kind, test: context.spanOf(test), mentions, of, part: index, leaves: leaving };
}

interface Part {
  readonly kind: BranchFact['kind'];
  /** The first is the test itself; the others only add what it is about. */
  readonly tests: readonly [ts.Node, ...ts.Node[]];
  readonly index: number;
  readonly leaving: boolean;
}

/** Which branch of `at` its child is; null for what is run in any case. */
function partOf(at: ts.Node, inner: ts.Node): Part | null {
  if (isIfStatement(at)) {
    if (inner === at.expression) return null;
    const isElse = inner === at.elseStatement;
    const leaving = leaves(isElse ? at.elseStatement : at.thenStatement);
    return { kind: isElse ? 'else' : 'if', tests: [at.expression], index: isElse ? 1 : 0, leaving };
  }
  if (isConditionalExpression(at)) {
    if (inner === at.condition) return null;
    return { kind: 'conditional', tests: [at.condition], index: inner === at.whenFalse ? 1 : 0, leaving: false };
  }
  if (isBinaryExpression(at)) {
    if (inner !== at.right || !isShortCircuit(at.operatorToken.kind)) return null;
    return { kind: 'logical', tests: [at.left], index: 0, leaving: false };
  }
  if (isCaseOrDefaultClause(at)) return casePart(at, inner);
  if (!isTryStatement(at) || inner === at.tryBlock) return null;
  const isFinally = inner === at.finallyBlock;
  return {
    ...{ kind: isFinally ? 'finally' : 'catch', tests: [inner], index: isFinally ? 1 : 0 },
    leaving: !isFinally && leaves(at.catchClause?.block),
  };
}

function casePart(at: ts.CaseOrDefaultClause, inner: ts.Node): Part | null {
  const { expression } = at.parent.parent;
  const isTest = isCaseClause(at) && inner === at.expression;
  if (isTest) return null;
  const last = at.statements.at(-1);
  return {
    ...{ kind: 'case', tests: isCaseClause(at) ? [at.expression, expression] : [expression] },
    ...{ index: at.parent.clauses.indexOf(at), leaving: leaves(last) && last?.kind !== SyntaxKind.BreakStatement },
  };
}

function isShortCircuit(operator: ts.SyntaxKind): boolean {
  switch (operator) {
    case SyntaxKind.AmpersandAmpersandToken:
    case SyntaxKind.BarBarToken:
    case SyntaxKind.QuestionQuestionToken:
    case SyntaxKind.AmpersandAmpersandEqualsToken:
    case SyntaxKind.BarBarEqualsToken:
    case SyntaxKind.QuestionQuestionEqualsToken:
      return true;
    default:
      return false;
  }
}

function mentionedIn(tests: readonly ts.Node[]): readonly string[] {
  const names = new Set<string>();
  for (const test of tests) collectNames(test, names);
  return [...names].slice(0, MAX_MENTIONS);
}

function collectNames(node: ts.Node, names: Set<string>): void {
  if (isIdentifier(node)) {
    names.add(node.text);
    return;
  }
  if (isPropertyAccessExpression(node)) {
    const name = dottedName(node);
    if (name !== '' && !name.includes('()')) {
      names.add(name);
      return;
    }
  }
  if (!isFunctionLike(node) && !isTypeNode(node)) forEachChild(node, (child) => collectNames(child, names));
}
