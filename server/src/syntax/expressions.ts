import type { ts } from 'ts-morph';
import {
  forEachChild,
  isArrowFunction,
  isCallExpression,
  isElementAccessExpression,
  isFunctionExpression,
  isFunctionLike,
  isIdentifier,
  isNumericLiteral,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  SyntaxKind,
} from './compiler.ts';
import { unwrap } from './nodeKinds.ts';

export type FunctionLiteral = ts.ArrowFunction | ts.FunctionExpression;

/** Written where a value is expected; the forms a callback takes when it stands in place. */
export function isFunctionLiteral(node: ts.Node | undefined): node is FunctionLiteral {
  return node !== undefined && (isArrowFunction(node) || isFunctionExpression(node));
}

/** What a method is called on, null for a plain call. */
export function receiverOf(call: ts.CallExpression): ts.Expression | null {
  const callee = unwrap(call.expression);
  return isPropertyAccessExpression(callee) ? callee.expression : null;
}

/** The name a chain of reads and calls starts with: `z` for `z.object({}).map`; null when it starts otherwise. */
export function rootName(node: ts.Expression): string | null {
  let inner = unwrap(node);
  while (isPropertyAccessExpression(inner) || isElementAccessExpression(inner) || isCallExpression(inner)) {
    inner = unwrap(inner.expression);
  }
  return isIdentifier(inner) ? inner.text : null;
}

/** The number an expression spells, `1_000` and `-1` included; null when it is none. */
export function numericLiteral(node: ts.Expression): number | null {
  const inner = unwrap(node);
  if (isNumericLiteral(inner)) return Number(inner.text);
  if (isPrefixUnaryExpression(inner) && inner.operator === SyntaxKind.MinusToken) {
    const operand = numericLiteral(inner.operand);
    return operand === null ? null : -operand;
  }
  return null;
}

/** Whether any node from `node` down, but not inside nested functions, fits. */
export function someWithin(node: ts.Node, fits: (node: ts.Node) => boolean): boolean {
  if (fits(node)) return true;
  return (
    forEachChild(node, (child) => (isFunctionLike(child) ? undefined : someWithin(child, fits) || undefined)) ?? false
  );
}
