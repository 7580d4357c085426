import type { ts } from 'ts-morph';
import type { Span } from '#shared/location.ts';
import {
  isBinaryExpression,
  isClassLike,
  isComputedPropertyName,
  isConditionalExpression,
  isIdentifier,
  isJsxElement,
  isJsxExpression,
  isJsxSpreadAttribute,
  isJsxText,
  isMethodDeclaration,
  isNoSubstitutionTemplateLiteral,
  isNumericLiteral,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isPrivateIdentifier,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isStringLiteralLike,
  isTypeOfExpression,
  SyntaxKind,
  tokenToString,
} from './compiler.ts';
import { isCallNode, isFunctionNode, unwrap } from './nodeKinds.ts';
import type { SourceNodes } from './sourceNodes.ts';
import { isReducible } from './trace.ts';
import type { Property, Reference, Value } from './values.ts';

interface ValueSources {
  readonly maxText: number;
  readonly nodes: SourceNodes;
  referenceOf(expression: ts.Expression): Reference;
  spanOf(node: ts.Node): Span;
}

/** Nesting beyond this is left out as `unknown`: no query is written so deep, tables of data are. */
const MAX_DEPTH = 24;
/** Longer texts are cut, except where they may be SQL. */
const MAX_TEXT = 300;
const MAX_LONG_TEXT = 20_000;
/** Items beyond this many keep their place in a list but not their value. */
const MAX_ITEMS = 200;

export interface Values {
  valueOf(expression: ts.Expression): Value;
  longValueOf(expression: ts.Expression): Value;
  templateOf(template: ts.TemplateLiteral): Value;
  propsOf(element: ts.JsxElement | ts.JsxSelfClosingElement): Value;
}

/** Turns expressions into plain values. */
export function startValues(given: Omit<ValueSources, 'maxText'>): Values {
  const short: ValueSources = { ...given, maxText: MAX_TEXT };
  const long: ValueSources = { ...given, maxText: MAX_LONG_TEXT };
  return {
    valueOf: (expression) => valueAt(expression, 0, short),
    longValueOf: (expression) => valueAt(expression, 0, long),
    templateOf: (template) => templateValue(template, long),
    propsOf: (element) => propsValue(element, short),
  };
}

/** The template of a tagged call with its texts uncut. */
function templateValue(template: ts.TemplateLiteral, sources: ValueSources): Value {
  const span = sources.spanOf(template);
  if (isNoSubstitutionTemplateLiteral(template)) return { kind: 'template', texts: [template.text], values: [], span };
  return {
    kind: 'template',
    texts: [template.head.text, ...template.templateSpans.map((part) => part.literal.text)],
    values: template.templateSpans.map((part) => valueAt(part.expression, 1, sources)),
    span,
  };
}

/** The attributes and children of a JSX element as one object, children as the property `children`. */
function propsValue(element: ts.JsxElement | ts.JsxSelfClosingElement, sources: ValueSources): Value {
  const opening = isJsxElement(element) ? element.openingElement : element;
  const properties = opening.attributes.properties.map((attribute) => propOf(attribute, sources));
  const children = isJsxElement(element) ? childrenProperty(element, sources) : null;
  const all = children === null ? properties : [...properties, children];
  return { kind: 'object', properties: all, span: sources.spanOf(opening.attributes) };
}

function valueAt(expression: ts.Expression, depth: number, sources: ValueSources): Value {
  const node = unwrap(expression);
  const span = sources.spanOf(node);
  if (depth > MAX_DEPTH) return { kind: 'unknown', span };
  const inner = (child: ts.Expression): Value => valueAt(child, depth + 1, sources);
  const index = sources.nodes.indexOf(node);
  if (index !== null && isCallNode(node)) return callValue(node, index, span, sources);
  if (index !== null && isFunctionNode(node)) return { kind: 'function', function: index, span };
  if (index !== null && isClassLike(node)) return { kind: 'class', class: index, span };
  if (isReducible(node)) return { kind: 'reference', to: sources.referenceOf(node), span };
  return writtenValue(node, span, inner, sources);
}

/** A call that only passes on (`f().catch(…)`) or imports is a reference, every other is itself. */
function callValue(node: ts.Expression, call: number, span: Span, sources: ValueSources): Value {
  const to = sources.referenceOf(node);
  const itself = to.root.kind === 'call' && to.root.call === call;
  return itself ? { kind: 'call', call, span } : { kind: 'reference', to, span };
}

type Inner = (child: ts.Expression) => Value;

function writtenValue(node: ts.Expression, span: Span, inner: Inner, sources: ValueSources): Value {
  switch (node.kind) {
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NoSubstitutionTemplateLiteral:
      return { kind: 'literal', value: (node as ts.StringLiteral).text.slice(0, sources.maxText), span };
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
      return interpolated(node as ts.TemplateExpression, span, inner, sources);
    case SyntaxKind.ObjectLiteralExpression:
      return objectValue(node as ts.ObjectLiteralExpression, span, inner, sources);
    case SyntaxKind.ArrayLiteralExpression:
      return { kind: 'array', items: itemsOf((node as ts.ArrayLiteralExpression).elements, inner, sources), span };
    case SyntaxKind.SpreadElement:
      return { kind: 'spread', value: inner((node as ts.SpreadElement).expression), span };
    default:
      return operatorValue(node, span, inner);
  }
}

function operatorValue(node: ts.Expression, span: Span, inner: Inner): Value {
  if (isConditionalExpression(node)) {
    const options = [inner(node.whenTrue), inner(node.whenFalse)];
    return { kind: 'choice', operator: '?:', test: inner(node.condition), options, span };
  }
  if (isBinaryExpression(node)) return binaryValue(node, span, inner);
  if (isPrefixUnaryExpression(node)) return prefixValue(node, span, inner);
  if (isPostfixUnaryExpression(node)) {
    return { kind: 'unary', operator: tokenToString(node.operator) ?? '', operand: inner(node.operand), span };
  }
  if (isTypeOfExpression(node)) return { kind: 'unary', operator: 'typeof', operand: inner(node.expression), span };
  return { kind: 'unknown', span };
}

function bigIntValue(node: ts.BigIntLiteral, span: Span): Value {
  const digits = node.text.replace(/n$/, '');
  return /^\w+$/.test(digits) ? { kind: 'literal', value: BigInt(digits), span } : { kind: 'unknown', span };
}

function interpolated(node: ts.TemplateExpression, span: Span, inner: Inner, sources: ValueSources): Value {
  const texts = [node.head.text, ...node.templateSpans.map((part) => part.literal.text)];
  return {
    kind: 'template',
    texts: texts.map((text) => text.slice(0, sources.maxText)),
    values: node.templateSpans.map((part) => inner(part.expression)),
    span,
  };
}

function binaryValue(node: ts.BinaryExpression, span: Span, inner: Inner): Value {
  const operator = node.operatorToken.kind;
  switch (operator) {
    case SyntaxKind.CommaToken:
    case SyntaxKind.EqualsToken:
      return inner(node.right);
    case SyntaxKind.BarBarToken:
    case SyntaxKind.BarBarEqualsToken:
      return choiceValue('||', node, span, inner);
    case SyntaxKind.QuestionQuestionToken:
    case SyntaxKind.QuestionQuestionEqualsToken:
      return choiceValue('??', node, span, inner);
    case SyntaxKind.AmpersandAmpersandToken:
    case SyntaxKind.AmpersandAmpersandEqualsToken: {
      const test = inner(node.left);
      return {
        kind: 'choice',
        operator: '&&',
        test,
        options: [{ kind: 'undefined', span: test.span }, inner(node.right)],
        span,
      };
    }
    default:
      return {
        kind: 'binary',
        operator: tokenToString(operator) ?? '',
        left: inner(node.left),
        right: inner(node.right),
        span,
      };
  }
}

/** A chain `a ?? b ?? c` is one choice of three. */
function choiceValue(operator: '||' | '??', node: ts.BinaryExpression, span: Span, inner: Inner): Value {
  const options = alternatives(node, node.operatorToken.kind).map(inner);
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

function prefixValue(node: ts.PrefixUnaryExpression, span: Span, inner: Inner): Value {
  const operand = inner(node.operand);
  if (node.operator === SyntaxKind.MinusToken && operand.kind === 'literal' && typeof operand.value === 'number') {
    return { kind: 'literal', value: -operand.value, span };
  }
  return { kind: 'unary', operator: tokenToString(node.operator) ?? '', operand, span };
}

function itemsOf(items: readonly ts.Expression[], inner: Inner, sources: ValueSources): readonly Value[] {
  return items.map((item, at) => (at < MAX_ITEMS ? inner(item) : { kind: 'unknown', span: sources.spanOf(item) }));
}

function objectValue(node: ts.ObjectLiteralExpression, span: Span, inner: Inner, sources: ValueSources): Value {
  return { kind: 'object', properties: node.properties.map((property) => propertyOf(property, inner, sources)), span };
}

function propertyOf(property: ts.ObjectLiteralElementLike, inner: Inner, sources: ValueSources): Property {
  const span = sources.spanOf(property);
  if (isSpreadAssignment(property)) return { kind: 'spread', value: inner(property.expression), span };
  const value = propertyValue(property, span, inner, sources);
  const name = property.name;
  if (isComputedPropertyName(name) && !isStringLiteralLike(name.expression)) {
    return { kind: 'computed', name: inner(name.expression), value, span };
  }
  const key = isComputedPropertyName(name) ? name.expression : name;
  return { kind: 'property', key: nameText(key), keySpan: sources.spanOf(name), value, span };
}

function propertyValue(
  property: Exclude<ts.ObjectLiteralElementLike, ts.SpreadAssignment>,
  span: Span,
  inner: Inner,
  sources: ValueSources,
): Value {
  if (isPropertyAssignment(property)) return inner(property.initializer);
  if (isShorthandPropertyAssignment(property)) return inner(property.name);
  const index = isMethodDeclaration(property) ? sources.nodes.indexOf(property) : null;
  return index === null ? { kind: 'unknown', span } : { kind: 'function', function: index, span };
}

function nameText(name: ts.Node): string {
  return isIdentifier(name) || isPrivateIdentifier(name) || isStringLiteralLike(name) || isNumericLiteral(name)
    ? name.text
    : '';
}

function propOf(attribute: ts.JsxAttributeLike, sources: ValueSources): Property {
  const span = sources.spanOf(attribute);
  if (isJsxSpreadAttribute(attribute))
    return { kind: 'spread', value: valueAt(attribute.expression, 1, sources), span };
  const key = attribute.name.getText();
  return {
    kind: 'property',
    key,
    keySpan: sources.spanOf(attribute.name),
    value: propValue(attribute, span, sources),
    span,
  };
}

function propValue(attribute: ts.JsxAttribute, span: Span, sources: ValueSources): Value {
  const initializer = attribute.initializer;
  if (initializer === undefined) return { kind: 'literal', value: true, span };
  return jsxValue(initializer, sources) ?? { kind: 'undefined', span };
}

function jsxValue(node: ts.JsxAttributeValue | ts.JsxChild, sources: ValueSources): Value | null {
  if (isJsxExpression(node)) return node.expression === undefined ? null : valueAt(node.expression, 1, sources);
  if (isJsxText(node)) return node.text.trim() === '' ? null : { kind: 'unknown', span: sources.spanOf(node) };
  return valueAt(node, 1, sources);
}

function childrenProperty(element: ts.JsxElement, sources: ValueSources): Property | null {
  const values = element.children.map((child) => jsxValue(child, sources)).filter((value) => value !== null);
  const [first] = values;
  if (first === undefined) return null;
  const span = { start: element.openingElement.end, end: element.closingElement.pos };
  const value: Value = values.length === 1 ? first : { kind: 'array', items: values, span };
  return { kind: 'property', key: 'children', keySpan: { start: span.start, end: span.start }, value, span };
}
