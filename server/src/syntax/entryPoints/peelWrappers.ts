import type { ts } from 'ts-morph';
import {
  isArrayLiteralExpression,
  isCallExpression,
  isExpression,
  isFunctionDeclaration,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isSpreadElement,
} from '../compiler.ts';
import { isFunctionLiteral, receiverOf } from '../expressions.ts';
import { unwrap } from '../nodeKinds.ts';
import { dottedName, lastNameOf, literalText, memberOf } from '../nodeNames.ts';
import { definitionOf, type ModuleNames } from './moduleNames.ts';

/** A handler without its wrappers, whose dotted names come outermost first. */
export interface Peeled {
  readonly handler: ts.Node;
  readonly wrappers: readonly string[];
}

/** `withAuth(withCache(handler, 60))` gives `handler` and both names; constants of the module are seen through. */
export function peelWrappers(names: ModuleNames, node: ts.Node, depth = 0): Peeled {
  if (!isExpression(node) || depth > 8) return { handler: node, wrappers: [] };
  const written = unwrap(node);
  const inner = definitionOf(names, written);
  if (isCallExpression(inner)) return peelCall(names, inner, depth) ?? { handler: written, wrappers: [] };
  if (isObjectLiteralExpression(inner)) {
    const member = handlerMember(inner);
    return member ? peelWrappers(names, member, depth + 1) : { handler: written, wrappers: [] };
  }
  return { handler: isFunctionLiteral(inner) || !isExpression(inner) ? inner : written, wrappers: [] };
}

/** Names of middleware written as arguments: `auth`, `validate(schema)`, `[a, b]`; functions in place have none. */
export function middlewareNames(nodes: readonly ts.Node[]): readonly string[] {
  return nodes.flatMap((node) => {
    const inner = isExpression(node) ? unwrap(node) : node;
    if (isArrayLiteralExpression(inner)) return middlewareNames(inner.elements);
    if (isSpreadElement(inner)) return middlewareNames([inner.expression]);
    if (isCallExpression(inner))
      return [
        ...namesOfCall(inner),
        ...middlewareNames(inner.arguments.filter((argument) => !isFunctionLiteral(argument))),
      ];
    const name = isExpression(inner) ? dottedName(inner) : '';
    return name === '' ? [] : [name];
  });
}

/** Names along a callee: `withAuth`, `limiter.wrap`, and for chains their root and what they `use`. */
export function namesOfCall(call: ts.CallExpression): readonly string[] {
  const name = dottedName(call.expression).replaceAll('()', '');
  return [...(name === '' ? [] : [name]), ...usedInChain(call)];
}

function peelCall(names: ModuleNames, call: ts.CallExpression, depth: number): Peeled | null {
  const receiver = receiverOf(call);
  if (receiver && lastNameOf(call.expression) === 'bind') return peelWrappers(names, receiver, depth + 1);
  const argument = handlerArgument(names, call);
  if (argument === null) return null;
  const { handler, wrappers } = peelWrappers(names, argument, depth + 1);
  const others = call.arguments.filter((other) => other !== argument && !isFunctionLiteral(unwrap(other)));
  return { handler, wrappers: [...namesOfCall(call), ...middlewareNames(others), ...textNames(call), ...wrappers] };
}

/** `withMiddleware('auth', handler)`: middleware chosen by a text. */
function textNames(call: ts.CallExpression): readonly string[] {
  if (!/middleware/i.test(dottedName(call.expression))) return [];
  return call.arguments.map((argument) => literalText(argument)).filter((text) => text !== null);
}

/** `next().use(auth).get(…)`, `withAuth(options)(…)`: what stands between the chain's root and its last call. */
function usedInChain(call: ts.CallExpression): readonly string[] {
  const found: string[] = [];
  let at: ts.Expression = unwrap(call.expression);
  while (isPropertyAccessExpression(at) || isCallExpression(at)) {
    if (isCallExpression(at))
      found.unshift(...middlewareNames(at.arguments.filter((argument) => !isFunctionLiteral(argument))));
    at = unwrap(at.expression);
  }
  return found;
}

const HANDLER_KEYS = ['handler', 'fn', 'resolve', 'run', 'execute', 'loader', 'action'];

function handlerMember(object: ts.ObjectLiteralExpression): ts.Node | null {
  for (const key of HANDLER_KEYS) {
    const member = memberOf(object, key);
    if (member) return member;
  }
  return null;
}

function handlerArgument(names: ModuleNames, call: ts.CallExpression): ts.Expression | null {
  const ranked = call.arguments
    .map((argument) => ({ argument, rank: handlerRank(names, argument, 0) }))
    .filter(({ rank }) => rank > 0);
  const best = Math.max(0, ...ranked.map(({ rank }) => rank));
  const fits = ranked.filter(({ rank }) => rank === best);
  return (best >= 3 ? fits.at(-1) : fits[0])?.argument ?? null;
}

/** Words of what else wrappers take. */
const NO_HANDLER = /schema|options|config|ttl|seconds|duration|roles?$|permission/i;

/** How much an argument looks like the wrapped handler: 4 a function, 3 something holding one, 2 a telling name, 1 any name. */
function handlerRank(names: ModuleNames, argument: ts.Expression, depth: number): number {
  const inner = unwrap(argument);
  const node = definitionOf(names, inner);
  if (isFunctionLiteral(node) || isFunctionDeclaration(node)) return 4;
  if (isObjectLiteralExpression(node)) return node === inner && handlerMember(node) ? 3 : 0;
  if (isCallExpression(node)) {
    return depth < 5
      ? Math.min(3, Math.max(0, ...node.arguments.map((each) => handlerRank(names, each, depth + 1))))
      : 0;
  }
  if (!isIdentifier(node) && !isPropertyAccessExpression(node)) return 0;
  const name = lastNameOf(node);
  if (/^[A-Z\d_]+$/.test(name) || NO_HANDLER.test(name)) return 0;
  return /handler|controller|handle|route|loader|action|page/i.test(name) ? 2 : 1;
}
