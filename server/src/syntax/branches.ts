import type { ts } from 'ts-morph';
import {
  forEachChild,
  isBinaryExpression,
  isCaseClause,
  isConditionalExpression,
  isDefaultClause,
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
  if (isIfStatement(at)) {
    if (inner === at.expression) return null;
    return tested(inner === at.elseStatement ? 'else' : 'if', [at.expression], context);
  }
  if (isConditionalExpression(at))
    return inner === at.condition ? null : tested('conditional', [at.condition], context);
  if (isBinaryExpression(at)) {
    return inner === at.right && isShortCircuit(at.operatorToken.kind) ? tested('logical', [at.left], context) : null;
  }
  if (isCaseClause(at))
    return inner === at.expression ? null : tested('case', [at.expression, at.parent.parent.expression], context);
  if (isDefaultClause(at)) return tested('case', [at.parent.parent.expression], context);
  if (!isTryStatement(at) || inner === at.tryBlock) return null;
  return { kind: inner === at.finallyBlock ? 'finally' : 'catch', test: context.spanOf(inner), mentions: [] };
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

/** The first expression is the test itself; the others only add what it is about. */
function tested(
  kind: BranchFact['kind'],
  tests: readonly [ts.Expression, ...ts.Expression[]],
  context: SourceContext,
): BranchFact {
  const names = new Set<string>();
  for (const test of tests) collectNames(test, names);
  return { kind, test: context.spanOf(tests[0]), mentions: [...names].slice(0, MAX_MENTIONS) };
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
