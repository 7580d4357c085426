import type { ts } from 'ts-morph';
import {
  isArrayLiteralExpression,
  isCallExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
} from '../compiler.ts';
import { isFunctionLiteral, receiverOf } from '../expressions.ts';
import { unwrap } from '../nodeKinds.ts';
import { calleeName, keyOf, literalText, memberOf } from '../nodeNames.ts';
import type { Draft, EntryContext } from './entry.ts';
import { definitionOf } from './moduleNames.ts';
import { middlewareNames } from './peelWrappers.ts';
import { frameworkOf, isRouter, pathText } from './routerNames.ts';
import { usedBefore } from './routerUses.ts';

const METHODS: ReadonlyMap<string, string | null> = new Map([
  ['get', 'GET'],
  ['post', 'POST'],
  ['put', 'PUT'],
  ['patch', 'PATCH'],
  ['delete', 'DELETE'],
  ['del', 'DELETE'],
  ['head', 'HEAD'],
  ['options', 'OPTIONS'],
  ['all', null],
  ['any', null],
]);

/** Routes hung on a router object: Express, Koa, Fastify, Hono, Elysia and those that look like them. */
export function* routerEntries(context: EntryContext): Generator<Draft> {
  for (const call of context.source.nodes.calls) {
    if (!isCallExpression(call)) continue;
    const receiver = receiverOf(call);
    if (!receiver) continue;
    const name = calleeName(call);
    if (METHODS.has(name)) yield* methodRoute(context, call, receiver, METHODS.get(name) ?? null);
    else if (name === 'route') yield* describedRoute(context, call, receiver);
    else if (name === 'openapi') yield* openApiRoute(context, call, receiver);
    else if (name === 'use' || name === 'addHook') yield* middleware(context, call, receiver);
    if (name === 'use' || name === 'register' || name === 'route') yield* mounted(context, call, receiver);
  }
}

/** `app.get('/x', auth, handler)`, `router.route('/x').get(handler)`, `fastify.get('/x', { preHandler }, handler)`. */
function* methodRoute(
  context: EntryContext,
  call: ts.CallExpression,
  receiver: ts.Expression,
  method: string | null,
): Generator<Draft> {
  const { names } = context;
  const inPlace = routeOfChain(context, receiver);
  const skip = inPlace !== null ? 0 : pathText(names, call.arguments[1]) !== null ? 2 : 1;
  const route = inPlace ?? pathText(names, call.arguments[skip - 1]);
  const given = flattened(call.arguments.slice(skip));
  const handler = given.findLast((each) => !isObjectLiteralExpression(each));
  const constantPath =
    route === null && given.some(isFunctionLiteral) && call.arguments[0] && !isFunctionLiteral(call.arguments[0]);
  if (!handler || (route === null && !constantPath) || !isRouter(names, receiver)) return;
  const before = given
    .filter((each) => each !== handler)
    .flatMap((each) => (isObjectLiteralExpression(each) ? hookNames(each) : middlewareNames([each])));
  yield {
    framework: frameworkOf(names, receiver),
    kind: 'route',
    method,
    route: route === null ? null : withSlash(route),
    handler,
    wrappers: [...usedBefore(context, call, receiver, route), ...before],
    at: callee(call),
  };
}

/** `fastify.route({ method, url, handler })`. */
function* describedRoute(context: EntryContext, call: ts.CallExpression, receiver: ts.Expression): Generator<Draft> {
  const [options] = call.arguments;
  const object = options && definitionOf(context.names, options);
  if (!object || !isObjectLiteralExpression(object)) return;
  const handler = memberOf(object, 'handler');
  const path = memberOf(object, 'url') ?? memberOf(object, 'path');
  if (!handler || !path) return;
  const route = pathText(context.names, path);
  yield {
    framework: frameworkOf(context.names, receiver),
    kind: 'route',
    method: literalText(memberOf(object, 'method') ?? undefined)?.toUpperCase() ?? null,
    route,
    handler,
    wrappers: [...usedBefore(context, call, receiver, route), ...hookNames(object)],
    at: callee(call),
  };
}

/** `app.openapi(createRoute({ method: 'get', path: '/x' }), handler)`. */
function* openApiRoute(context: EntryContext, call: ts.CallExpression, receiver: ts.Expression): Generator<Draft> {
  const [description, handler] = call.arguments;
  if (!description || !handler) return;
  const made = definitionOf(context.names, description);
  const options = isCallExpression(made) ? made.arguments[0] : made;
  const object = options && isObjectLiteralExpression(options) ? options : null;
  const route = object ? pathText(context.names, memberOf(object, 'path') ?? undefined) : null;
  yield {
    framework: 'hono',
    kind: 'route',
    method: object ? (literalText(memberOf(object, 'method') ?? undefined)?.toUpperCase() ?? null) : null,
    route,
    handler,
    wrappers: [...usedBefore(context, call, receiver, route), ...(object ? hookNames(object) : [])],
    at: callee(call),
  };
}

/** Functions in place that run before routes: `app.use((req, res, next) => …)`, `fastify.addHook('preHandler', fn)`. */
function* middleware(context: EntryContext, call: ts.CallExpression, receiver: ts.Expression): Generator<Draft> {
  if (!isRouter(context.names, receiver)) return;
  for (const argument of call.arguments)
    if (isFunctionLiteral(unwrap(argument)))
      yield {
        framework: frameworkOf(context.names, receiver),
        kind: 'middleware',
        route: pathText(context.names, call.arguments[0]),
        handler: argument,
        at: callee(call),
      };
}

/** `app.use('/users', auth, users)`, `fastify.register(users, { prefix })`, `app.route('/users', users)`: another router with what stands before it. */
function* mounted(context: EntryContext, call: ts.CallExpression, receiver: ts.Expression): Generator<Draft> {
  const { names } = context;
  const given = flattened(call.arguments).filter(
    (each) => pathText(names, each) === null && !isObjectLiteralExpression(each),
  );
  const router = given.at(-1);
  if (!router || isFunctionLiteral(router) || !isRouter(names, receiver)) return;
  const options = call.arguments.find((each) => isObjectLiteralExpression(each));
  const route =
    pathText(names, call.arguments[0]) ??
    (options && isObjectLiteralExpression(options) ? pathText(names, memberOf(options, 'prefix') ?? undefined) : null);
  yield {
    framework: frameworkOf(names, receiver),
    kind: 'middleware',
    route,
    handler: router,
    wrappers: [...usedBefore(context, call, receiver, route), ...middlewareNames(given.slice(0, -1))],
    at: callee(call),
  };
}

function routeOfChain({ names }: EntryContext, receiver: ts.Expression): string | null {
  let at = unwrap(receiver);
  while (isCallExpression(at)) {
    if (calleeName(at) === 'route' && at.arguments.length === 1) return pathText(names, at.arguments[0]);
    const next = receiverOf(at);
    if (!next) return null;
    at = unwrap(next);
  }
  return null;
}

const HOOKS = new Set([
  'preHandler',
  'onRequest',
  'preValidation',
  'preParsing',
  'middleware',
  'middlewares',
  'beforeHandle',
  'config',
  'before',
  'security',
  'auth',
]);

/** Middleware among a route's options. */
function hookNames(object: ts.ObjectLiteralExpression): readonly string[] {
  return object.properties.flatMap((property) => {
    const key = keyOf(property.name);
    if (key === null || !HOOKS.has(key)) return [];
    if (isShorthandPropertyAssignment(property)) return [key];
    return isPropertyAssignment(property)
      ? [...(key === 'security' || key === 'auth' ? [key] : []), ...middlewareNames([property.initializer])]
      : [];
  });
}

function flattened(nodes: readonly ts.Expression[]): readonly ts.Expression[] {
  return nodes.flatMap((node) => {
    const inner = unwrap(node);
    return isArrayLiteralExpression(inner) ? flattened(inner.elements) : [inner];
  });
}

function withSlash(route: string): string {
  return /^[/*]/.test(route) ? route : `/${route}`;
}

/** The words `app.get`, without the arguments. */
function callee(call: ts.CallExpression): ts.Node {
  return isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression;
}
