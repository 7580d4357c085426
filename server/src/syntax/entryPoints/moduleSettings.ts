import type { ts } from 'ts-morph';
import {
  forEachChild,
  isBinaryExpression,
  isExpression,
  isExpressionStatement,
  isNumericLiteral,
  isObjectLiteralExpression,
  isReturnStatement,
  SyntaxKind,
} from '../compiler.ts';
import { unwrap } from '../nodeKinds.ts';
import { literalText, memberOf } from '../nodeNames.ts';
import { definitionOf, type ModuleNames } from './moduleNames.ts';

export type SettingValue = string | number | boolean;

const SETTINGS = ['revalidate', 'dynamic', 'fetchCache', 'runtime', 'prerender'];

/** Route settings a module exports, `'use cache'` at its top, and whether its dynamic segments are listed at build time. */
export function readModuleSettings(file: ts.SourceFile, names: ModuleNames): Readonly<Record<string, SettingValue>> {
  const found: Record<string, SettingValue> = {};
  for (const name of SETTINGS) {
    const definition = names.exports.get(name)?.definition;
    if (definition && isExpression(definition)) found[name] = settingValue(names, definition);
  }
  for (const directive of directivesOf(file.statements)) if (/^use cache\b/.test(directive)) found['use cache'] = true;
  if (names.exports.has('generateStaticParams')) found.generateStaticParams = true;
  return found;
}

/** What `getStaticProps` returns as `revalidate`; false where the page is made at build time only. */
export function staticRevalidate(names: ModuleNames, handler: ts.Node): SettingValue {
  let found: SettingValue = false;
  const visit = (node: ts.Node): void => {
    if (isReturnStatement(node) && node.expression) {
      const object = unwrap(node.expression);
      const value = isObjectLiteralExpression(object) ? memberOf(object, 'revalidate') : null;
      if (value && isExpression(value)) found = settingValue(names, value);
    }
    forEachChild(node, visit);
  };
  visit(handler);
  return found;
}

/** Texts standing as first statements: `'use server'`, `'use cache'`. */
export function directivesOf(statements: readonly ts.Statement[]): readonly string[] {
  const found: string[] = [];
  for (const statement of statements) {
    const text = isExpressionStatement(statement) ? literalText(statement.expression) : null;
    if (text === null) break;
    found.push(text);
  }
  return found;
}

function settingValue(names: ModuleNames, node: ts.Expression): SettingValue {
  const inner = definitionOf(names, node);
  if (inner.kind === SyntaxKind.TrueKeyword) return true;
  if (inner.kind === SyntaxKind.FalseKeyword) return false;
  if (!isExpression(inner)) return true;
  return literalText(inner) ?? product(inner) ?? inner.getText();
}

/** `60 * 60` is how people write an hour. */
function product(node: ts.Expression): number | null {
  const inner = unwrap(node);
  if (isNumericLiteral(inner)) return Number(inner.text.replaceAll('_', ''));
  if (!isBinaryExpression(inner) || inner.operatorToken.kind !== SyntaxKind.AsteriskToken) return null;
  const left = product(inner.left);
  const right = product(inner.right);
  return left === null || right === null ? null : left * right;
}
