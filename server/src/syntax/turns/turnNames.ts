import type { ts } from 'ts-morph';
import type { Span } from '#shared/location.ts';
import {
  forEachChild,
  isAwaitExpression,
  isForOfStatement,
  isIdentifier,
  isParameter,
  isPropertyAccessExpression,
  isVariableDeclarationList,
  SyntaxKind,
} from '../compiler.ts';
import type { TurnFact } from '../facts.ts';
import { hasModifier, parametersOf } from '../nodeKinds.ts';
import type { SourceContext } from '../sourceContext.ts';
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
export function innerNames(context: SourceContext, nodes: TurnNodes): TurnFact['inner'] {
  const found: { readonly span: Span; readonly from: 'element' | 'body' }[] = [];
  const outer = nodes.callback ?? nodes.loop;
  const elements = boundNames(nodes);
  const visit = (node: ts.Node): void => {
    if (isIdentifier(node)) {
      const declared = context.scopes.declarationOf(node)?.identifier;
      if (declared && isWithin(declared, outer) && !isWithin(declared, nodes.call)) {
        const from = elements.some((each) => isWithin(declared, each)) ? 'element' : 'body';
        found.push({ span: context.spanOf(node), from });
      }
    }
    forEachChild(node, visit);
  };
  visit(nodes.call);
  return found;
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
