import type { ts } from 'ts-morph';
import {
  isArrowFunction,
  isBlock,
  isCallExpression,
  isFunctionDeclaration,
  isFunctionExpression,
  isSourceFile,
} from '../compiler.ts';
import type { Draft, EntryContext } from './entry.ts';
import { directivesOf } from './moduleSettings.ts';
import { nextAppRoute } from './routePaths.ts';

const ROUTE_FILE = /(?:^|\/)app\/(?:.*\/)?route\.[cm]?[jt]sx?$/;
const PAGE_FILE =
  /(?:^|\/)app\/(?:.*\/)?(page|layout|template|default|not-found|loading|sitemap|robots|manifest|opengraph-image|twitter-image|icon)\.[cm]?[jt]sx?$/;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** Route handlers, pages and what is rendered with them, and server actions of Next's app router. */
export function* nextAppEntries(context: EntryContext): Generator<Draft> {
  if (ROUTE_FILE.test(context.path)) yield* routeHandlers(context);
  else if (PAGE_FILE.test(context.path)) yield* pageParts(context);
  if (directivesOf(context.file.statements).includes('use server')) yield* exportedActions(context);
  else yield* actionsInPlace(context);
}

function* routeHandlers(context: EntryContext): Generator<Draft> {
  const { names, path, settings } = context;
  for (const method of METHODS) {
    const exported = names.exports.get(method);
    if (exported)
      yield {
        framework: 'next-app',
        kind: 'route',
        method,
        route: nextAppRoute(path),
        handler: exported.definition,
        settings,
        at: exported.at,
      };
  }
}

function* pageParts(context: EntryContext): Generator<Draft> {
  const { names, path, settings, file } = context;
  if (directivesOf(file.statements).includes('use client')) return;
  for (const name of ['default', 'generateMetadata', 'generateViewport']) {
    const exported = names.exports.get(name);
    if (exported)
      yield {
        framework: 'next-app',
        kind: 'page',
        route: nextAppRoute(path),
        handler: exported.definition,
        settings,
        at: exported.at,
      };
  }
  const params = names.exports.get('generateStaticParams');
  if (params)
    yield {
      framework: 'next-app',
      kind: 'page',
      route: nextAppRoute(path),
      handler: params.definition,
      settings: { ...settings, buildTime: true },
      at: params.at,
    };
}

function* exportedActions({ names, settings }: EntryContext): Generator<Draft> {
  for (const { definition, at } of names.exports.values())
    if (isRunnable(definition)) yield { framework: 'next-app', kind: 'action', handler: definition, settings, at };
}

function isRunnable(definition: ts.Node): boolean {
  return (
    isFunctionDeclaration(definition) ||
    isArrowFunction(definition) ||
    isFunctionExpression(definition) ||
    isCallExpression(definition)
  );
}

function* actionsInPlace({ source }: EntryContext): Generator<Draft> {
  for (const node of source.nodes.functions)
    if (!isSourceFile(node) && isBlock(node.body) && directivesOf(node.body.statements).includes('use server'))
      yield {
        framework: 'next-app',
        kind: 'action',
        handler: node,
        at: 'name' in node && node.name ? node.name : node.body,
      };
}
