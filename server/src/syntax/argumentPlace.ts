import type { ts } from 'ts-morph';
import {
  isArrayLiteralExpression,
  isCallExpression,
  isJsxAttribute,
  isJsxExpression,
  isJsxOpeningElement,
  isMethodDeclaration,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAssignment,
} from './compiler.ts';
import type { FunctionFact } from './facts.ts';
import type { FunctionNode } from './nodeKinds.ts';
import { wrapped } from './nodeKinds.ts';
import { keyOf } from './nodeNames.ts';
import type { SourceContext } from './sourceContext.ts';

/** The call a function is written into as an argument, by itself or inside of objects and lists; null when it stands elsewhere. */
export function argumentOf(node: FunctionNode, context: SourceContext): FunctionFact['argumentOf'] {
  const path: string[] = [];
  let inner = isMethodDeclaration(node) ? node : wrapped(node);
  for (;;) {
    const holder = inner.parent;
    if (isObjectLiteralExpression(holder)) {
      path.unshift(keyOf((inner as ts.ObjectLiteralElementLike).name) ?? '?');
      inner = wrapped(holder);
    } else if (isArrayLiteralExpression(holder)) {
      path.unshift('[]');
      inner = wrapped(holder);
    } else if (isPropertyAssignment(holder)) inner = holder;
    else return argumentAt(holder, inner, path, context);
  }
}

function argumentAt(
  holder: ts.Node,
  inner: ts.Node,
  path: readonly string[],
  context: SourceContext,
): FunctionFact['argumentOf'] {
  if (isCallExpression(holder) || isNewExpression(holder)) {
    const argument = holder.arguments?.indexOf(inner as ts.Expression) ?? -1;
    const call = context.callIndexOf(holder);
    return argument < 0 || call === null ? null : { call, argument, path };
  }
  if (!isJsxExpression(holder)) return null;
  const attribute = holder.parent;
  const element = isJsxAttribute(attribute) ? elementOf(attribute.parent.parent) : attribute;
  const call = context.callIndexOf(element);
  const step = isJsxAttribute(attribute) ? attribute.name.getText() : 'children';
  return call === null ? null : { call, argument: 0, path: [step, ...path] };
}

function elementOf(opening: ts.Node): ts.Node {
  return isJsxOpeningElement(opening) ? opening.parent : opening;
}
