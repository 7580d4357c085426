import type { ts } from 'ts-morph';
import type { Span } from '#shared/location.ts';
import { isClassLike, isNoSubstitutionTemplateLiteral } from './compiler.ts';
import { propsValue } from './jsxProps.ts';
import { isCallNode, isFunctionNode, unwrap } from './nodeKinds.ts';
import type { SourceNodes } from './sourceNodes.ts';
import { isReducible } from './trace.ts';
import type { Reference, Value } from './values.ts';
import type { Parts } from './writtenParts.ts';
import { textSpansOf, writtenValue } from './writtenValues.ts';

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
    templateOf: (template) => templateValue(template, partsAt(1, long)),
    propsOf: (element) => propsValue(element, partsAt(1, short)),
  };
}

interface ValueSources {
  readonly maxText: number;
  readonly nodes: SourceNodes;
  referenceOf(expression: ts.Expression): Reference;
  spanOf(node: ts.Node): Span;
}

/** Nesting beyond this is left out as `unknown`: no query is written so deep, tables of data are. */
const MAX_DEPTH = 24;
/** Longer texts are cut, except where they are or may be SQL. */
const MAX_TEXT = 300;
const MAX_LONG_TEXT = 20_000;

function partsAt(depth: number, sources: ValueSources): Parts {
  return {
    maxText: sources.maxText,
    maxSql: MAX_LONG_TEXT,
    valueOf: (part) => valueAt(part, depth, sources),
    spanOf: sources.spanOf,
    functionIndexOf: sources.nodes.indexOf,
  };
}

function valueAt(expression: ts.Expression, depth: number, sources: ValueSources): Value {
  const node = unwrap(expression);
  const span = sources.spanOf(node);
  if (depth > MAX_DEPTH) return { kind: 'unknown', span };
  const index = sources.nodes.indexOf(node);
  if (index !== null && isCallNode(node)) return callValue(node, index, span, sources);
  if (index !== null && isFunctionNode(node)) return { kind: 'function', function: index, span };
  if (index !== null && isClassLike(node)) return { kind: 'class', class: index, span };
  if (isReducible(node)) return { kind: 'reference', to: sources.referenceOf(node), span };
  return writtenValue(node, span, partsAt(depth + 1, sources));
}

/** A call that only passes on (`f().catch(…)`) or imports is a reference, every other is itself. */
function callValue(node: ts.Expression, call: number, span: Span, sources: ValueSources): Value {
  const to = sources.referenceOf(node);
  const itself = to.root.kind === 'call' && to.root.call === call;
  return itself ? { kind: 'call', call, span } : { kind: 'reference', to, span };
}

/** The template of a tagged call with its texts uncut. */
function templateValue(template: ts.TemplateLiteral, parts: Parts): Value {
  const span = parts.spanOf(template);
  if (isNoSubstitutionTemplateLiteral(template)) {
    const textSpans = [{ start: span.start + 1, end: Math.max(span.start + 1, span.end - 1) }];
    return { kind: 'template', texts: [template.text], textSpans, values: [], span };
  }
  return {
    kind: 'template',
    texts: [template.head.text, ...template.templateSpans.map((part) => part.literal.text)],
    textSpans: textSpansOf(template, parts),
    values: template.templateSpans.map((part) => parts.valueOf(part.expression)),
    span,
  };
}
