import type { ts } from 'ts-morph';
import { isArrayLiteralExpression, isObjectLiteralExpression, SyntaxKind } from './compiler.ts';
import { isAssignmentOperator, isComponentTag } from './nodeKinds.ts';

/** Whether an identifier stands for a value in scope, and is no property name, label, declared name or intrinsic tag. */
export function isValueUse(identifier: ts.Identifier): boolean {
  const parent = identifier.parent;
  switch (parent.kind) {
    case SyntaxKind.PropertyAccessExpression:
      return (parent as ts.PropertyAccessExpression).expression === identifier;
    case SyntaxKind.PropertyAssignment:
    case SyntaxKind.BindingElement:
    case SyntaxKind.VariableDeclaration:
    case SyntaxKind.Parameter:
    case SyntaxKind.PropertyDeclaration:
    case SyntaxKind.EnumMember:
      return (parent as ts.PropertyAssignment).initializer === identifier;
    case SyntaxKind.ExportSpecifier:
      return isExportedValue(parent as ts.ExportSpecifier, identifier);
    case SyntaxKind.JsxOpeningElement:
    case SyntaxKind.JsxSelfClosingElement:
      return isComponentTag((parent as ts.JsxOpeningLikeElement).tagName);
    case SyntaxKind.ArrowFunction:
      return (parent as ts.ArrowFunction).body === identifier;
    default:
      return !NAMING_PARENTS.has(parent.kind);
  }
}

/** `update` reads and writes: `x += 1`, `x++`. */
export function accessOf(identifier: ts.Identifier): 'read' | 'write' | 'update' {
  const parent = identifier.parent;
  switch (parent.kind) {
    case SyntaxKind.PrefixUnaryExpression:
    case SyntaxKind.PostfixUnaryExpression: {
      const operator = (parent as ts.PrefixUnaryExpression).operator;
      return operator === SyntaxKind.PlusPlusToken || operator === SyntaxKind.MinusMinusToken ? 'update' : 'read';
    }
    case SyntaxKind.BinaryExpression:
      return accessByAssignment(parent as ts.BinaryExpression, identifier);
    default:
      return isAssignmentTarget(identifier) ? 'write' : 'read';
  }
}

const NAMING_PARENTS: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.ClassDeclaration,
  SyntaxKind.ClassExpression,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.GetAccessor,
  SyntaxKind.SetAccessor,
  SyntaxKind.EnumDeclaration,
  SyntaxKind.ModuleDeclaration,
  SyntaxKind.ImportEqualsDeclaration,
  SyntaxKind.NamespaceExport,
  SyntaxKind.NamespaceExportDeclaration,
  SyntaxKind.LabeledStatement,
  SyntaxKind.BreakStatement,
  SyntaxKind.ContinueStatement,
  SyntaxKind.JsxAttribute,
  SyntaxKind.JsxClosingElement,
  SyntaxKind.JsxNamespacedName,
  SyntaxKind.MetaProperty,
  SyntaxKind.QualifiedName,
  SyntaxKind.MissingDeclaration,
]);

function isExportedValue(specifier: ts.ExportSpecifier, identifier: ts.Identifier): boolean {
  if (specifier.parent.parent.moduleSpecifier !== undefined) return false;
  return (specifier.propertyName ?? specifier.name) === identifier;
}

function accessByAssignment(binary: ts.BinaryExpression, identifier: ts.Identifier): 'read' | 'write' | 'update' {
  const operator = binary.operatorToken.kind;
  if (binary.left !== identifier || !isAssignmentOperator(operator)) return 'read';
  return operator === SyntaxKind.EqualsToken ? 'write' : 'update';
}

/** `[x] = …`, `({ x } = …)`, `({ a: { b: x = 1 } } = …)`, `for (x of …)`. */
function isAssignmentTarget(identifier: ts.Identifier): boolean {
  let node: ts.Node = identifier;
  for (;;) {
    const parent = node.parent;
    switch (parent.kind) {
      case SyntaxKind.ShorthandPropertyAssignment:
        if ((parent as ts.ShorthandPropertyAssignment).name !== node) return false;
        break;
      case SyntaxKind.PropertyAssignment:
        if ((parent as ts.PropertyAssignment).initializer !== node) return false;
        break;
      case SyntaxKind.ArrayLiteralExpression:
      case SyntaxKind.ObjectLiteralExpression:
      case SyntaxKind.SpreadElement:
      case SyntaxKind.SpreadAssignment:
      case SyntaxKind.ParenthesizedExpression:
        break;
      case SyntaxKind.BinaryExpression: {
        const binary = parent as ts.BinaryExpression;
        if (binary.left !== node || binary.operatorToken.kind !== SyntaxKind.EqualsToken) return false;
        if (isPattern(node)) return true;
        break;
      }
      case SyntaxKind.ForOfStatement:
      case SyntaxKind.ForInStatement:
        return (parent as ts.ForInOrOfStatement).initializer === node;
      default:
        return false;
    }
    node = parent;
  }
}

function isPattern(node: ts.Node): boolean {
  return isArrayLiteralExpression(node) || isObjectLiteralExpression(node);
}
