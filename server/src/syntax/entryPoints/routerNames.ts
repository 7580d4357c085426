import type { ts } from 'ts-morph';
import { isArrayLiteralExpression, isCallExpression, isExpression, isNewExpression, SyntaxKind } from '../compiler.ts';
import { wordsOf } from '../evidence/evidenceNames.ts';
import { receiverOf, rootName } from '../expressions.ts';
import type { EntryPointFact } from '../facts.ts';
import { unwrap } from '../nodeKinds.ts';
import { dottedName, lastNameOf } from '../nodeNames.ts';
import { definitionOf, type ModuleNames, textOf } from './moduleNames.ts';

const ROUTER_WORDS = new Set([
  'app',
  'router',
  'routes',
  'route',
  'server',
  'api',
  'fastify',
  'instance',
  'hono',
  'koa',
  'elysia',
  'express',
  'web',
  'r',
  'controller',
  'v1',
  'v2',
  'webhooks',
  'public',
  'private',
  'admin',
]);

/** Things with `get(url, …)` that ask somebody else: clients, stores, test doubles. */
const NO_ROUTER_WORDS = new Set([
  'axios',
  'client',
  'http',
  'https',
  'rest',
  'ky',
  'got',
  'agent',
  'supertest',
  'request',
  'cache',
  'redis',
  'map',
  'nock',
  'mock',
  'msw',
  'fetcher',
  'storage',
  'params',
  'headers',
  'cookies',
  'config',
  'i18n',
  'page',
  'test',
]);

/** Whether routes can be hung on a receiver, judged by its name or by the call that made it. */
export function isRouter(names: ModuleNames, receiver: ts.Expression): boolean {
  const root = chainRoot(receiver);
  const made = definitionOf(names, root);
  if (isNewExpression(made) || isCallExpression(made))
    return /router|hono|elysia|express|fastify|koa|polka|server/i.test(dottedName(made.expression));
  const words = wordsOf(lastNameOf(root));
  return !words.some((word) => NO_ROUTER_WORDS.has(word)) && words.some((word) => ROUTER_WORDS.has(word));
}

/** What a chain of calls starts at: `app` of `app.route('/x').get(h)`, `new Hono()` of `new Hono().use(auth)`. */
function chainRoot(node: ts.Expression): ts.Expression {
  const inner = unwrap(node);
  if (!isCallExpression(inner)) return inner;
  const receiver = receiverOf(inner);
  return receiver ? chainRoot(receiver) : inner;
}

/** Names one router of a file, so that what it `use`s can be told from what others do. */
export function routerKey(receiver: ts.Expression): string {
  const root = chainRoot(receiver);
  return dottedName(root) || (rootName(root) ?? '');
}

export function frameworkOf(names: ModuleNames, receiver: ts.Expression): EntryPointFact['framework'] {
  const key = routerKey(receiver).toLowerCase();
  const specifiers = [...names.specifiers];
  if (key.includes('fastify') || specifiers.some((each) => /fastify/.test(each))) return 'fastify';
  if (key.includes('hono') || specifiers.some((each) => /^hono\b|^@hono\//.test(each))) return 'hono';
  if (specifiers.some((each) => /^koa\b|^@koa\/|^koa-/.test(each))) return 'koa';
  return specifiers.some((each) => /^elysia\b|^itty-router/.test(each)) ? 'other' : 'express';
}

/** A route path: a text, a constant holding one, a template with its holes as `*`; null when it is none. */
export function pathText(names: ModuleNames, node: ts.Node | undefined): string | null {
  if (!node || !isExpression(node)) return null;
  const inner = definitionOf(names, node);
  const text = textOf(names, inner);
  if (text !== null) return text === '' || /^[/*:]/.test(text) ? text : null;
  if (isArrayLiteralExpression(inner)) return pathText(names, inner.elements[0]);
  return inner.kind === SyntaxKind.RegularExpressionLiteral ? inner.getText() : null;
}
