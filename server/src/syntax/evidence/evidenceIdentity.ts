import type { ts } from 'ts-morph';
import {
  isBindingElement,
  isCallExpression,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isParameter,
  isPropertyAccessExpression,
  isVariableDeclaration,
} from '../compiler.ts';
import { dottedName, keyOf, lastNameOf, literalText } from '../nodeNames.ts';
import type { Sign } from './evidenceNames.ts';
import { demandsIdentity, fetchesIdentity, namesIdentity, wordsOf } from './evidenceNames.ts';

/** What carries the request, by the last name before the property: `req.user`, `ctx.session`, `event.locals.user`. */
const REQUEST_NAMES = new Set([
  'req',
  'request',
  'ctx',
  'context',
  'c',
  'event',
  'locals',
  'state',
  'opts',
  'var',
  'socket',
  'env',
  'raw',
  'store',
]);

/** Callbacks that run over data: what they take apart is not the request. */
const DATA_CALLBACKS = new Set([
  'map',
  'forEach',
  'filter',
  'find',
  'some',
  'every',
  'reduce',
  'flatMap',
  'sort',
  'then',
  'catch',
  'findIndex',
  'groupBy',
  'sortBy',
  'keyBy',
]);

/** Methods that read a header, a cookie or a context variable by name. */
const READERS = new Set(['get', 'header', 'headers', 'getHeader', 'has', 'getCookie', 'cookie', 'var']);

/** Libraries whose every call is about who asks. */
const IDENTITY_ROOTS = new Set(['jwt', 'passport', 'auth', 'protectedProcedure']);

/** `auth()`, `requireUser(request)`, `cookies()`, `getUser(req)`, `headers().get('authorization')`. */
export function identityCallSign(node: ts.CallExpression | ts.NewExpression): Sign | null {
  const name = dottedName(node.expression) || lastNameOf(node.expression);
  const last = lastNameOf(node.expression);
  if (demandsIdentity(last) || readsCookies(last) || IDENTITY_ROOTS.has(name.replace(/\..*$/, '')))
    return { kind: 'user', sign: name };
  if (fetchesIdentity(last) && (wordsOf(last).includes('session') || (node.arguments ?? []).every(isRequest)))
    return { kind: 'user', sign: name };
  const key = literalText(node.arguments?.[0]);
  return key !== null && READERS.has(last) && isRequest(receiverOf(node)) && namesIdentity(key)
    ? { kind: 'user', sign: key }
    : null;
}

/** `@CurrentUser()`, `@UseGuards(JwtAuthGuard)`, `@Roles('admin')`. */
export function identityDecoratorSign(decorator: {
  readonly name: string;
  readonly arguments: readonly ts.Expression[];
}): Sign | null {
  const given = decorator.arguments.map((argument) => dottedName(argument).replace(/\(\)$/, ''));
  for (const name of decorator.name === 'UseGuards' ? given : [decorator.name, ...given])
    if (demandsIdentity(name) || PERSON_DECORATORS.has(name)) return { kind: 'user', sign: name };
  return null;
}

const PERSON_DECORATORS = new Set([
  'User',
  'GetUser',
  'ReqUser',
  'UserId',
  'UserEntity',
  'Session',
  'Cookies',
  'Account',
  'GqlUser',
  'Me',
  'Roles',
  'Role',
]);

/** `req.user`, `ctx.session`, `session.user`, `request.cookies`, `headers.authorization`. */
export function identityPropertySign(node: ts.PropertyAccessExpression | ts.ElementAccessExpression): Sign | null {
  const key = isPropertyAccessExpression(node) ? node.name.text : literalText(node.argumentExpression);
  if (key === null || !namesIdentity(key)) return null;
  const receiver = lastNameOf(node.expression);
  const personal =
    REQUEST_NAMES.has(receiver) ||
    receiver === 'headers' ||
    (receiver === 'session' && key === 'user') ||
    (receiver === 'query' && isSecret(key));
  return personal ? { kind: 'user', sign: `${receiver}.${key}` } : null;
}

/** `const { user } = ctx`, `({ ctx: { session } }) =>`, and what a wrapper hands to the handler: `withX(({ workspace }) => …)`. */
export function identityBindingSign(node: ts.BindingElement): Sign | null {
  const key = keyOf(node.propertyName ?? node.name);
  if (key === null || !namesIdentity(key) || !isObjectBindingPattern(node.parent)) return null;
  return takesRequestApart(node.parent) ? { kind: 'user', sign: key } : null;
}

function takesRequestApart(pattern: ts.ObjectBindingPattern): boolean {
  const { parent } = pattern;
  if (isBindingElement(parent)) return REQUEST_NAMES.has(keyOf(parent.propertyName ?? parent.name) ?? '');
  if (isVariableDeclaration(parent))
    return parent.initializer !== undefined && REQUEST_NAMES.has(lastNameOf(parent.initializer));
  return isParameter(parent) && isHandedOver(parent.parent);
}

function isHandedOver(node: ts.SignatureDeclaration): boolean {
  const call = node.parent;
  return (
    isCallExpression(call) && call.expression !== (node as ts.Node) && !DATA_CALLBACKS.has(lastNameOf(call.expression))
  );
}

/** `?token=…` is a door as much as a header is. */
function isSecret(key: string): boolean {
  return wordsOf(key).some(
    (word) => word === 'token' || word === 'secret' || word === 'apikey' || word === 'signature',
  );
}

function readsCookies(name: string): boolean {
  const words = wordsOf(name);
  return (
    name === 'cookies' ||
    ((words.includes('cookie') || words.includes('cookies')) && (words.includes('get') || words.includes('parse')))
  );
}

function receiverOf(node: ts.CallExpression | ts.NewExpression): ts.Expression {
  return isPropertyAccessExpression(node.expression) ? node.expression.expression : node.expression;
}

/** The request or a part of it: `req`, `request.headers`, `{ headers: await headers() }`, `authOptions`. */
function isRequest(node: ts.Expression): boolean {
  if (isObjectLiteralExpression(node))
    return node.properties.some((property) => REQUEST_PARTS.has(keyOf(property.name) ?? ''));
  return dottedName(node)
    .split('.')
    .some((part) => REQUEST_PARTS.has(part.replace(/\(\)$/, '')));
}

const REQUEST_PARTS = new Set([
  ...REQUEST_NAMES,
  'headers',
  'cookies',
  'cookieStore',
  'args',
  'session',
  'token',
  'authOptions',
  'authHeader',
  'jwt',
  'headersList',
  'res',
]);
