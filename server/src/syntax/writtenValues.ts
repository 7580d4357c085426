import type { ts } from 'ts-morph';
import type { Span } from '#shared/location.ts';
import {
  isComputedPropertyName,
  isMethodDeclaration,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isStringLiteralLike,
  SyntaxKind,
} from './compiler.ts';
import { keyOf } from './nodeNames.ts';
import { operatorValue } from './operatorValues.ts';
import type { Property, Value } from './values.ts';
import type { Parts } from './writtenParts.ts';

/** Items beyond this many keep their place in a list but not their value. */
const MAX_ITEMS = 200;

/** The value of an expression that is written in place: literals, templates, objects, lists and operators over them. */
export function writtenValue(node: ts.Expression, span: Span, parts: Parts): Value {
  switch (node.kind) {
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NoSubstitutionTemplateLiteral:
      return { kind: 'literal', value: kept([(node as ts.StringLiteral).text], parts)[0] ?? '', span };
    case SyntaxKind.NumericLiteral:
      return { kind: 'literal', value: Number((node as ts.NumericLiteral).text), span };
    case SyntaxKind.BigIntLiteral:
      return bigIntValue(node as ts.BigIntLiteral, span);
    case SyntaxKind.TrueKeyword:
    case SyntaxKind.FalseKeyword:
      return { kind: 'literal', value: node.kind === SyntaxKind.TrueKeyword, span };
    case SyntaxKind.NullKeyword:
      return { kind: 'literal', value: null, span };
    case SyntaxKind.Identifier:
    case SyntaxKind.VoidExpression:
    case SyntaxKind.OmittedExpression:
      return { kind: 'undefined', span };
    case SyntaxKind.TemplateExpression:
      return interpolated(node as ts.TemplateExpression, span, parts);
    case SyntaxKind.ObjectLiteralExpression:
      return objectValue(node as ts.ObjectLiteralExpression, span, parts);
    case SyntaxKind.ArrayLiteralExpression:
      return { kind: 'array', items: itemsOf((node as ts.ArrayLiteralExpression).elements, parts), span };
    case SyntaxKind.SpreadElement:
      return { kind: 'spread', value: parts.valueOf((node as ts.SpreadElement).expression), span };
    default:
      return operatorValue(node, span, parts);
  }
}

function bigIntValue(node: ts.BigIntLiteral, span: Span): Value {
  const digits = node.text.replace(/n$/, '');
  return /^\d+$/.test(digits) ? { kind: 'literal', value: BigInt(digits), span } : { kind: 'unknown', span };
}

/** A statement of SQL is worth nothing without its end, whoever it is handed to. */
function kept(texts: readonly string[], { maxText, maxSql }: Parts): readonly string[] {
  const most = BEGINS_SQL.test(texts[0] ?? '') ? maxSql : maxText;
  return texts.map((text) => text.slice(0, most));
}

const BEGINS_SQL = /^\s*(?:select|insert|update|delete|with|create|alter|drop)\s/i;

function interpolated(node: ts.TemplateExpression, span: Span, parts: Parts): Value {
  const texts = [node.head.text, ...node.templateSpans.map((part) => part.literal.text)];
  return {
    kind: 'template',
    texts: kept(texts, parts),
    textSpans: textSpansOf(node, parts),
    values: node.templateSpans.map((part) => parts.valueOf(part.expression)),
    span,
  };
}

/** The first text lies between a backtick and `${`, a middle one between `}` and `${`, the last before a backtick. */
export function textSpansOf(node: ts.TemplateExpression, { spanOf }: Pick<Parts, 'spanOf'>): readonly Span[] {
  const between = (part: ts.Node, after: number): Span => {
    const { start, end } = spanOf(part);
    return { start: start + 1, end: Math.max(start + 1, end - after) };
  };
  const last = node.templateSpans.length - 1;
  return [
    between(node.head, 2),
    ...node.templateSpans.map(({ literal }, index) => between(literal, index === last ? 1 : 2)),
  ];
}

function itemsOf(items: readonly ts.Expression[], parts: Parts): readonly Value[] {
  return items.map((item, at) =>
    at < MAX_ITEMS ? parts.valueOf(item) : { kind: 'unknown', span: parts.spanOf(item) },
  );
}

function objectValue(node: ts.ObjectLiteralExpression, span: Span, parts: Parts): Value {
  return { kind: 'object', properties: node.properties.map((property) => propertyOf(property, parts)), span };
}

function propertyOf(property: ts.ObjectLiteralElementLike, parts: Parts): Property {
  const span = parts.spanOf(property);
  if (isSpreadAssignment(property)) return { kind: 'spread', value: parts.valueOf(property.expression), span };
  const value = propertyValue(property, span, parts);
  const name = property.name;
  if (isComputedPropertyName(name) && !isStringLiteralLike(name.expression)) {
    return { kind: 'computed', name: parts.valueOf(name.expression), value, span };
  }
  return { kind: 'property', key: keyOf(name) ?? '', keySpan: parts.spanOf(name), value, span };
}

function propertyValue(
  property: Exclude<ts.ObjectLiteralElementLike, ts.SpreadAssignment>,
  span: Span,
  parts: Parts,
): Value {
  if (isPropertyAssignment(property)) return parts.valueOf(property.initializer);
  if (isShorthandPropertyAssignment(property)) return parts.valueOf(property.name);
  const index = isMethodDeclaration(property) ? parts.functionIndexOf(property) : null;
  return index === null ? { kind: 'unknown', span } : { kind: 'function', function: index, span };
}
