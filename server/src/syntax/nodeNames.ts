import type { ts } from 'ts-morph';
import {
  canHaveDecorators,
  getDecorators,
  isCallExpression,
  isComputedPropertyName,
  isElementAccessExpression,
  isExpression,
  isIdentifier,
  isImportDeclaration,
  isMethodDeclaration,
  isNewExpression,
  isNumericLiteral,
  isPrivateIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isStringLiteralLike,
  isVariableStatement,
  SyntaxKind,
} from './compiler.ts';
import { unwrap } from './nodeKinds.ts';

/** `this.cache.get`, `redis().get`, `z.object().parse`; empty where a part has no name. */
export function dottedName(node: ts.Expression): string {
  const inner = unwrap(node);
  if (isIdentifier(inner)) return inner.text;
  if (inner.kind === SyntaxKind.ThisKeyword) return 'this';
  if (inner.kind === SyntaxKind.SuperKeyword) return 'super';
  if (isCallExpression(inner) || isNewExpression(inner)) return after(inner.expression, '()');
  if (isPropertyAccessExpression(inner)) return after(inner.expression, `.${inner.name.text}`);
  if (!isElementAccessExpression(inner)) return '';
  const key = literalText(inner.argumentExpression);
  return key === null ? '' : after(inner.expression, `.${key}`);
}

function after(node: ts.Expression, suffix: string): string {
  const name = dottedName(node);
  return name === '' ? '' : name + suffix;
}

/** Last name of a callee, even where the receiver has no name: `(a ?? b).get` is `get`. */
export function lastNameOf(node: ts.Expression): string {
  const inner = unwrap(node);
  if (isIdentifier(inner)) return inner.text;
  if (isPropertyAccessExpression(inner)) return inner.name.text;
  return '';
}

/** Last name of what is called: `chunk` for `chunk(…)` and `_.chunk(…)`. */
export function calleeName(call: ts.CallExpression | ts.NewExpression): string {
  return lastNameOf(call.expression);
}

/** Text of a literal string, null for everything else. */
export function literalText(node: ts.Node | undefined): string | null {
  if (node === undefined) return null;
  const inner = isExpression(node) ? unwrap(node) : node;
  return isStringLiteralLike(inner) ? inner.text : null;
}

/** Name of a property, method or binding when it is written out. */
export function keyOf(name: ts.PropertyName | ts.BindingName | undefined): string | null {
  if (name === undefined) return null;
  if (isIdentifier(name) || isPrivateIdentifier(name) || isStringLiteralLike(name) || isNumericLiteral(name))
    return name.text;
  return isComputedPropertyName(name) ? literalText(name.expression) : null;
}

/** What an object literal holds under a name: the value, the method itself, or the name of a shorthand. */
export function memberOf(
  object: ts.ObjectLiteralExpression,
  name: string,
): ts.Expression | ts.MethodDeclaration | null {
  for (const property of object.properties) {
    if (property.name === undefined || keyOf(property.name) !== name) continue;
    if (isPropertyAssignment(property)) return property.initializer;
    if (isShorthandPropertyAssignment(property)) return property.name;
    if (isMethodDeclaration(property)) return property;
  }
  return null;
}

export function decoratorsOf(node: ts.Node): readonly ts.Decorator[] {
  return canHaveDecorators(node) ? (getDecorators(node) ?? []) : [];
}

/** `Get` and its arguments for `@Get('/x')`; a bare `@Public` has no arguments. */
export function decoratorCall(decorator: ts.Decorator): {
  readonly name: string;
  readonly arguments: readonly ts.Expression[];
} {
  const { expression } = decorator;
  return isCallExpression(expression)
    ? { name: dottedName(expression.expression), arguments: expression.arguments }
    : { name: dottedName(expression), arguments: [] };
}

/** Specifiers of all `import … from` and top-level `require` of the file. */
export function moduleSpecifiers(file: ts.SourceFile): ReadonlySet<string> {
  const found = new Set<string>();
  for (const statement of file.statements) {
    if (isImportDeclaration(statement)) found.add(literalText(statement.moduleSpecifier) ?? '');
    if (isVariableStatement(statement))
      for (const { initializer } of statement.declarationList.declarations) {
        const call = initializer && unwrap(initializer);
        if (call && isCallExpression(call) && lastNameOf(call.expression) === 'require')
          found.add(literalText(call.arguments[0]) ?? '');
      }
  }
  return found;
}
