import type { ts } from 'ts-morph';
import type { Span } from '#shared/location.ts';
import {
  forEachChild,
  isAwaitExpression,
  isBindingElement,
  isCallExpression,
  isForOfStatement,
  isIdentifier,
  isObjectBindingPattern,
  isParameter,
  isPropertyAccessExpression,
  isVariableDeclarationList,
  SyntaxKind,
} from '../compiler.ts';
import { hasModifier, parametersOf } from '../nodeKinds.ts';
import type { SourceContext } from '../sourceContext.ts';
import type { InnerName, TurnFact } from '../turnFact.ts';
import type { TurnNodes } from './turnNodes.ts';

/** How the loop names its element. */
export function elementOf(context: SourceContext, nodes: TurnNodes): Pick<TurnFact, 'element' | 'elementName'> {
  const names = boundNames(nodes);
  const [first] = names;
  const last = names.at(-1);
  if (!first || !last) return { element: null, elementName: null };
  const element = { start: context.spanOf(first).start, end: last.end };
  const name = isParameter(first) ? first.name : first;
  return { element, elementName: isIdentifier(name) ? name.text : null };
}

/** The name or pattern of a `for … of`; the parameters of a callback. */
function boundNames({ loop, callback }: TurnNodes): readonly ts.Node[] {
  if (callback !== null) return parametersOf(callback);
  if (!isForOfStatement(loop) || !isVariableDeclarationList(loop.initializer)) return [];
  const [declaration] = loop.initializer.declarations;
  return declaration ? [declaration.name] : [];
}

/** Names inside the call that mean something else, or nothing, outside of the loop. */
export function innerNames(context: SourceContext, nodes: TurnNodes): readonly InnerName[] {
  const found: InnerName[] = [];
  const outer = nodes.callback ?? nodes.loop;
  const elements = boundNames(nodes);
  const visit = (node: ts.Node): void => {
    if (isIdentifier(node)) {
      const declared = context.scopes.declarationOf(node)?.identifier;
      if (declared && isWithin(declared, outer) && !isWithin(declared, nodes.call)) {
        const from = elements.some((each) => isWithin(declared, each)) ? 'element' : 'body';
        const [first] = elements;
        const start = first && isWithin(declared, first) ? pathInPattern(declared, first) : null;
        found.push({ span: context.spanOf(node), from, read: start && readOf(context, node, start) });
      }
    }
    forEachChild(node, visit);
  };
  visit(nodes.call);
  return found;
}

/** The way from the element to a name its pattern binds; null behind defaults, rests and lists. */
function pathInPattern(name: ts.Node, element: ts.Node): readonly string[] | null {
  const path: string[] = [];
  for (let at = name.parent; at !== undefined && at !== element.parent; at = at.parent) {
    if (isBindingElement(at)) {
      const key = at.propertyName ?? at.name;
      if (!isIdentifier(key) || at.initializer !== undefined || at.dotDotDotToken !== undefined) return null;
      path.unshift(key.text);
    } else if (at !== element && !isObjectBindingPattern(at)) return null;
  }
  return path;
}

/** The properties read from a name, up to where something else is done with them. */
function readOf(context: SourceContext, name: ts.Identifier, start: readonly string[]): InnerName['read'] {
  const path = [...start];
  let whole: ts.Expression = name;
  for (; isPropertyAccessExpression(whole.parent) && whole.parent.expression === whole; whole = whole.parent) {
    if (whole.parent.questionDotToken !== undefined) return null;
    path.push(whole.parent.name.text);
  }
  return isCallExpression(whole.parent) && whole.parent.expression === whole
    ? null
    : { path, span: context.spanOf(whole) };
}

function isWithin(node: ts.Node, outer: ts.Node): boolean {
  return node.pos >= outer.pos && node.end <= outer.end;
}

/** A name or a chain of properties, so that it can be written twice. */
export function isPlain(node: ts.Expression): boolean {
  if (isIdentifier(node) || node.kind === SyntaxKind.ThisKeyword) return true;
  return isPropertyAccessExpression(node) && node.questionDotToken === undefined && isPlain(node.expression);
}

/** `async ` before a callback that waits for nothing else. */
export function asyncWordOf(context: SourceContext, { callback }: TurnNodes, slot: ts.Expression): Span | null {
  if (callback === null || !hasModifier(callback, SyntaxKind.AsyncKeyword)) return null;
  const index = context.functionIndexOf(callback) ?? -1;
  const waits = context.nodes.awaits[index] ?? [];
  if (waits.length > (isAwaitExpression(slot) ? 1 : 0)) return null;
  const { start } = context.spanOf(callback);
  const end = start + 'async '.length;
  return context.text.slice(start, end) === 'async ' ? { start, end } : null;
}
