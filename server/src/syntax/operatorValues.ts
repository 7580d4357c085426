import type { ts } from 'ts-morph';
import type { Span } from '#shared/location.ts';
import {
  isBinaryExpression,
  isConditionalExpression,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isTypeOfExpression,
  SyntaxKind,
  tokenToString,
} from './compiler.ts';
import { unwrap } from './nodeKinds.ts';
import type { Value } from './values.ts';
import type { Parts } from './writtenParts.ts';

/** Choices, comparisons and what else is put together from values; `unknown` for the rest. */
export function operatorValue(node: ts.Expression, span: Span, parts: Parts): Value {
  if (isConditionalExpression(node)) {
    const options = [parts.valueOf(node.whenTrue), parts.valueOf(node.whenFalse)];
    return { kind: 'choice', operator: '?:', test: parts.valueOf(node.condition), options, span };
  }
  if (isBinaryExpression(node)) return binaryValue(node, span, parts);
  if (isPrefixUnaryExpression(node)) return prefixValue(node, span, parts);
  if (isPostfixUnaryExpression(node)) {
    return { kind: 'unary', operator: tokenToString(node.operator) ?? '', operand: parts.valueOf(node.operand), span };
  }
  if (isTypeOfExpression(node))
    return { kind: 'unary', operator: 'typeof', operand: parts.valueOf(node.expression), span };
  return { kind: 'unknown', span };
}

function binaryValue(node: ts.BinaryExpression, span: Span, parts: Parts): Value {
  const operator = node.operatorToken.kind;
  switch (operator) {
    case SyntaxKind.CommaToken:
    case SyntaxKind.EqualsToken:
      return parts.valueOf(node.right);
    case SyntaxKind.BarBarToken:
    case SyntaxKind.BarBarEqualsToken:
      return choiceValue('||', node, span, parts);
    case SyntaxKind.QuestionQuestionToken:
    case SyntaxKind.QuestionQuestionEqualsToken:
      return choiceValue('??', node, span, parts);
    case SyntaxKind.AmpersandAmpersandToken:
    case SyntaxKind.AmpersandAmpersandEqualsToken: {
      const test = parts.valueOf(node.left);
      return {
        kind: 'choice',
        operator: '&&',
        test,
        options: [{ kind: 'undefined', span: test.span }, parts.valueOf(node.right)],
        span,
      };
    }
    default:
      return {
        kind: 'binary',
        operator: tokenToString(operator) ?? '',
        left: parts.valueOf(node.left),
        right: parts.valueOf(node.right),
        span,
      };
  }
}

/** A chain `a ?? b ?? c` is one choice of three. */
function choiceValue(operator: '||' | '??', node: ts.BinaryExpression, span: Span, parts: Parts): Value {
  const options = alternatives(node, node.operatorToken.kind).map(parts.valueOf);
  const [first = { kind: 'unknown', span } as const] = options;
  return { kind: 'choice', operator, test: first.kind === 'choice' ? first.test : first, options, span };
}

function alternatives(node: ts.BinaryExpression, operator: ts.SyntaxKind): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  let left: ts.Expression = node;
  while (isBinaryExpression(left) && left.operatorToken.kind === operator) {
    found.unshift(left.right);
    left = unwrap(left.left);
  }
  return [left, ...found];
}

function prefixValue(node: ts.PrefixUnaryExpression, span: Span, parts: Parts): Value {
  const operand = parts.valueOf(node.operand);
  if (node.operator === SyntaxKind.MinusToken && operand.kind === 'literal' && typeof operand.value === 'number') {
    return { kind: 'literal', value: -operand.value, span };
  }
  return { kind: 'unary', operator: tokenToString(node.operator) ?? '', operand, span };
}
