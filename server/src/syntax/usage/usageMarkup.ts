import type { ts } from 'ts-morph';
import {
  isIdentifier,
  isJsxAttribute,
  isJsxElement,
  isJsxFragment,
  isJsxOpeningElement,
  isJsxSelfClosingElement,
  SyntaxKind,
} from '../compiler.ts';
import { type Part, wrap } from './usageParts.ts';
import { passTo, type Trace } from './usageTrace.ts';

/** The value stands in JSX: drawn by an element, or handed to a component as a prop. */
export function lookAtMarkup(trace: Trace, node: ts.Node, part: Part): boolean {
  const { parent } = node;
  switch (parent.kind) {
    case SyntaxKind.JsxExpression:
      draw(trace, parent as ts.JsxExpression, node, part);
      return true;
    case SyntaxKind.JsxSpreadAttribute: {
      const call = componentCall(trace, parent.parent.parent);
      if (call === null) trace.escape(node, part, 'spread');
      else passTo(trace, node, part, call, 0);
      return true;
    }
    case SyntaxKind.JsxOpeningElement:
    case SyntaxKind.JsxSelfClosingElement:
      trace.read(node, part);
      return true;
    default:
      return false;
  }
}

function draw(trace: Trace, expression: ts.JsxExpression, node: ts.Node, part: Part): void {
  const owner = expression.parent;
  if (isJsxAttribute(owner)) setProp(trace, owner, node, part);
  else if (isJsxFragment(owner)) trace.read(node, part);
  else handProp(trace, owner, 'children', node, part);
}

/** React keeps `key` and `ref` for itself. */
function setProp(trace: Trace, attribute: ts.JsxAttribute, node: ts.Node, part: Part): void {
  const name = isIdentifier(attribute.name) ? attribute.name.text : '';
  if (name === 'key' || name === 'ref') trace.read(node, part);
  else handProp(trace, attribute.parent.parent, name, node, part);
}

function handProp(trace: Trace, element: ts.Node, name: string, node: ts.Node, part: Part): void {
  const call = componentCall(trace, element);
  if (call === null) trace.read(node, part);
  else passTo(trace, node, wrap(part, name), call, 0);
}

/** The call that draws a component; null for `<div>`. */
function componentCall(trace: Trace, element: ts.Node): number | null {
  if (isJsxOpeningElement(element)) return trace.context.callIndexOf(element.parent);
  return isJsxSelfClosingElement(element) || isJsxElement(element) ? trace.context.callIndexOf(element) : null;
}
