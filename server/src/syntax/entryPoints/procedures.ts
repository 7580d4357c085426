import type { ts } from 'ts-morph';
import {
  isCallExpression,
  isExpression,
  isFunctionLike,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isTemplateExpression,
  isVariableDeclaration,
} from '../compiler.ts';
import { wordsOf } from '../evidence/evidenceNames.ts';
import { isFunctionLiteral, receiverOf } from '../expressions.ts';
import { unwrap } from '../nodeKinds.ts';
import { calleeName, dottedName, keyOf, literalText, memberOf } from '../nodeNames.ts';
import type { Draft, EntryContext } from './entry.ts';
import { definitionOf, type ModuleNames } from './moduleNames.ts';
import { middlewareNames, namesOfCall } from './peelWrappers.ts';

const ENDINGS: ReadonlyMap<string, string | null> = new Map([
  ['query', 'QUERY'],
  ['mutation', 'MUTATION'],
  ['subscription', 'QUERY'],
  ['handler', null],
]);

const BUILDER_WORDS = new Set(['procedure', 'proc', 'os', 'base', 'action', 'orpc', 'pub', 'authed']);
const CHAIN_STEPS = new Set([
  'input',
  'output',
  'use',
  'meta',
  'route',
  'schema',
  'metadata',
  'inputSchema',
  'outputSchema',
  'concat',
  'errors',
  'bindArgsSchemas',
]);

/** Procedures of tRPC (old and new routers), oRPC, next-safe-action and Blitz: the end of a builder's chain. */
export function* procedureEntries(context: EntryContext): Generator<Draft> {
  for (const call of context.source.nodes.calls) {
    if (!isCallExpression(call)) continue;
    const name = calleeName(call);
    const receiver = receiverOf(call);
    if (receiver && ENDINGS.has(name)) yield* procedure(context, call, receiver, ENDINGS.get(name) ?? null);
    if (receiver && name === 'pipe') yield* resolverPipe(context, call);
  }
}

function* procedure(
  context: EntryContext,
  call: ts.CallExpression,
  receiver: ts.Expression,
  method: string | null,
): Generator<Draft> {
  const [first, second] = call.arguments;
  const text = literalText(first);
  if (text !== null && second) {
    const resolve = unwrap(second);
    if (isObjectLiteralExpression(resolve)) yield* oldProcedure(call, receiver, text, resolve, method);
    return;
  }
  if (!first || isTemplateExpression(first) || !isProcedureChain(context.names, receiver)) return;
  yield {
    framework: 'trpc',
    kind: 'procedure',
    method: method ?? methodOfChain(receiver),
    route: routeOf(call),
    handler: first,
    wrappers: baseNames(context.names, receiver),
    at: placeOf(call),
  };
}

/** `createRouter().query('list', { resolve })`. */
function* oldProcedure(
  call: ts.CallExpression,
  receiver: ts.Expression,
  route: string,
  options: ts.ObjectLiteralExpression,
  method: string | null,
): Generator<Draft> {
  const resolve = memberOf(options, 'resolve');
  if (!resolve || !/router/i.test(receiver.getText().slice(0, 200))) return;
  yield {
    framework: 'trpc',
    kind: 'procedure',
    method,
    route,
    handler: resolve,
    wrappers: namesOfCall(call),
    at: call.arguments[0] ?? call,
  };
}

/** `resolver.pipe(resolver.zod(Input), resolver.authorize(), async (input) => …)` in a `queries` or `mutations` folder. */
function* resolverPipe({ path }: EntryContext, call: ts.CallExpression): Generator<Draft> {
  const handler = call.arguments.at(-1);
  const method = /(?:^|\/)(queries|mutations)\//.exec(path)?.[1];
  if (!handler || !method || !isFunctionLiteral(unwrap(handler))) return;
  const wrappers = call.arguments
    .slice(0, -1)
    .flatMap((each) => (isCallExpression(each) ? namesOfCall(each) : [dottedName(each)]));
  yield {
    framework: 'trpc',
    kind: 'procedure',
    method: method === 'queries' ? 'QUERY' : 'MUTATION',
    route: routeOf(call),
    handler,
    wrappers,
    at: call.expression,
  };
}

function isProcedureChain(names: ModuleNames, receiver: ts.Expression, depth = 0): boolean {
  const inner = unwrap(receiver);
  if (depth > 12) return false;
  if (isCallExpression(inner)) {
    const next = receiverOf(inner);
    const step = calleeName(inner);
    if (wordsOf(step).some((word) => BUILDER_WORDS.has(word))) return true;
    return (
      next !== null &&
      (CHAIN_STEPS.has(step) || isProcedureChain(names, next, depth + 1)) &&
      !/^(?:db|prisma|client|queryClient)$/.test(dottedName(next))
    );
  }
  const name = dottedName(inner);
  if (name.split('.').some((part) => wordsOf(part).some((word) => BUILDER_WORDS.has(word)))) return true;
  const definition = isIdentifier(inner) ? definitionOf(names, inner) : inner;
  return definition !== inner && isExpression(definition) && isProcedureChain(names, definition, depth + 1);
}

/** What the builder was itself built from in this file, what is `use`d along the way, and its name, in this order. */
function baseNames(names: ModuleNames, node: ts.Expression, depth = 0): readonly string[] {
  const inner = unwrap(node);
  if (depth > 20) return [];
  if (isCallExpression(inner)) {
    const receiver = receiverOf(inner);
    if (!receiver) return namesOfCall(inner);
    return [
      ...baseNames(names, receiver, depth + 1),
      ...(calleeName(inner) === 'use' ? middlewareNames(inner.arguments) : []),
    ];
  }
  const name = dottedName(inner);
  if (name.includes('()'))
    return isPropertyAccessExpression(inner) ? baseNames(names, inner.expression, depth + 1) : [];
  const definition = isIdentifier(inner) ? definitionOf(names, inner) : inner;
  const origin = definition !== inner && isExpression(definition) ? baseNames(names, definition, depth + 1) : [];
  return [...origin, ...(name === '' ? [] : [name])];
}

/** oRPC names the method in `route({ method: 'GET' })`. */
function methodOfChain(receiver: ts.Expression): string | null {
  let at = unwrap(receiver);
  while (isCallExpression(at)) {
    const [options] = at.arguments;
    if (calleeName(at) === 'route' && options && isObjectLiteralExpression(options))
      return literalText(memberOf(options, 'method') ?? undefined);
    const next = receiverOf(at);
    if (!next) return null;
    at = unwrap(next);
  }
  return null;
}

/** Keys of the routers around it, or the constant it is assigned to. */
function routeOf(node: ts.Node): string | null {
  const keys: string[] = [];
  for (let at = node; at.parent && !isFunctionLike(at); at = at.parent) {
    if (isPropertyAssignment(at)) keys.unshift(keyOf(at.name) ?? '?');
    if (isVariableDeclaration(at) && keys.length === 0) return keyOf(at.name as ts.BindingName & ts.Identifier);
  }
  return keys.length > 0 ? keys.join('.') : null;
}

function placeOf(call: ts.CallExpression): ts.Node {
  const owner = call.parent;
  if (isPropertyAssignment(owner) || (isVariableDeclaration(owner) && isIdentifier(owner.name))) return owner.name;
  return isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression;
}
