import type { ts } from 'ts-morph';
import type { Span } from '#shared/location.ts';
import { isJsxElement, isJsxExpression, isJsxSpreadAttribute, isJsxText } from './compiler.ts';
import type { Property, Value } from './values.ts';
import type { Parts } from './writtenParts.ts';

/** The attributes and children of a JSX element as one object, children as the property `children`. */
export function propsValue(element: ts.JsxElement | ts.JsxSelfClosingElement, parts: Parts): Value {
  const opening = isJsxElement(element) ? element.openingElement : element;
  const properties = opening.attributes.properties.map((attribute) => propOf(attribute, parts));
  const children = isJsxElement(element) ? childrenProperty(element, parts) : null;
  const all = children === null ? properties : [...properties, children];
  return { kind: 'object', properties: all, span: parts.spanOf(opening.attributes) };
}

function propOf(attribute: ts.JsxAttributeLike, parts: Parts): Property {
  const span = parts.spanOf(attribute);
  if (isJsxSpreadAttribute(attribute)) return { kind: 'spread', value: parts.valueOf(attribute.expression), span };
  const key = attribute.name.getText();
  return {
    kind: 'property',
    key,
    keySpan: parts.spanOf(attribute.name),
    value: propValue(attribute, span, parts),
    span,
  };
}

function propValue(attribute: ts.JsxAttribute, span: Span, parts: Parts): Value {
  const initializer = attribute.initializer;
  if (initializer === undefined) return { kind: 'literal', value: true, span };
  return jsxValue(initializer, parts) ?? { kind: 'undefined', span };
}

function jsxValue(node: ts.JsxAttributeValue | ts.JsxChild, parts: Parts): Value | null {
  if (isJsxExpression(node)) return node.expression === undefined ? null : parts.valueOf(node.expression);
  if (isJsxText(node)) return node.text.trim() === '' ? null : { kind: 'unknown', span: parts.spanOf(node) };
  return parts.valueOf(node);
}

function childrenProperty(element: ts.JsxElement, parts: Parts): Property | null {
  const values = element.children.map((child) => jsxValue(child, parts)).filter((value) => value !== null);
  const [first] = values;
  if (first === undefined) return null;
  const span = { start: element.openingElement.end, end: element.closingElement.pos };
  const value: Value = values.length === 1 ? first : { kind: 'array', items: values, span };
  return { kind: 'property', key: 'children', keySpan: { start: span.start, end: span.start }, value, span };
}
