import { ts } from 'ts-morph';
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
    if (definition && ts.isExpression(definition)) found[name] = settingValue(names, definition);
  }
  for (const directive of directivesOf(file.statements)) if (/^use cache\b/.test(directive)) found['use cache'] = true;
  if (names.exports.has('generateStaticParams')) found.generateStaticParams = true;
  return found;
}

/** What `getStaticProps` returns as `revalidate`; false where the page is made at build time only. */
export function staticRevalidate(names: ModuleNames, handler: ts.Node): SettingValue {
  let found: SettingValue = false;
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression) {
      const object = unwrap(node.expression);
      const value = ts.isObjectLiteralExpression(object) ? memberOf(object, 'revalidate') : null;
      if (value && ts.isExpression(value)) found = settingValue(names, value);
    }
    ts.forEachChild(node, visit);
  };
  visit(handler);
  return found;
}

/** Texts standing as first statements: `'use server'`, `'use cache'`. */
export function directivesOf(statements: readonly ts.Statement[]): readonly string[] {
  const found: string[] = [];
  for (const statement of statements) {
    const text = ts.isExpressionStatement(statement) ? literalText(statement.expression) : null;
    if (text === null) break;
    found.push(text);
  }
  return found;
}

function settingValue(names: ModuleNames, node: ts.Expression): SettingValue {
  const inner = definitionOf(names, node);
  if (inner.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (inner.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (!ts.isExpression(inner)) return true;
  return literalText(inner) ?? product(inner) ?? inner.getText();
}

/** `60 * 60` is how people write an hour. */
function product(node: ts.Expression): number | null {
  const inner = unwrap(node);
  if (ts.isNumericLiteral(inner)) return Number(inner.text.replaceAll('_', ''));
  if (!ts.isBinaryExpression(inner) || inner.operatorToken.kind !== ts.SyntaxKind.AsteriskToken) return null;
  const left = product(inner.left);
  const right = product(inner.right);
  return left === null || right === null ? null : left * right;
}
