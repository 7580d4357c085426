import { ts } from 'ts-morph';
import { isAssignmentOperator, isComponentTag } from './nodeKinds.ts';

/** Whether an identifier stands for a value in scope, and is no property name, label, declared name or intrinsic tag. */
export function isValueUse(identifier: ts.Identifier): boolean {
  const parent = identifier.parent;
  switch (parent.kind) {
    case ts.SyntaxKind.PropertyAccessExpression:
      return (parent as ts.PropertyAccessExpression).expression === identifier;
    case ts.SyntaxKind.PropertyAssignment:
    case ts.SyntaxKind.BindingElement:
    case ts.SyntaxKind.VariableDeclaration:
    case ts.SyntaxKind.Parameter:
    case ts.SyntaxKind.PropertyDeclaration:
    case ts.SyntaxKind.EnumMember:
      return (parent as ts.PropertyAssignment).initializer === identifier;
    case ts.SyntaxKind.ExportSpecifier:
      return isExportedValue(parent as ts.ExportSpecifier, identifier);
    case ts.SyntaxKind.JsxOpeningElement:
    case ts.SyntaxKind.JsxSelfClosingElement:
      return isComponentTag((parent as ts.JsxOpeningLikeElement).tagName);
    case ts.SyntaxKind.ArrowFunction:
      return (parent as ts.ArrowFunction).body === identifier;
    default:
      return !NAMING_PARENTS.has(parent.kind);
  }
}

/** `update` reads and writes: `x += 1`, `x++`. */
export function accessOf(identifier: ts.Identifier): 'read' | 'write' | 'update' {
  const parent = identifier.parent;
  switch (parent.kind) {
    case ts.SyntaxKind.PrefixUnaryExpression:
    case ts.SyntaxKind.PostfixUnaryExpression: {
      const operator = (parent as ts.PrefixUnaryExpression).operator;
      return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken ? 'update' : 'read';
    }
    case ts.SyntaxKind.BinaryExpression:
      return accessByAssignment(parent as ts.BinaryExpression, identifier);
    default:
      return isAssignmentTarget(identifier) ? 'write' : 'read';
  }
}

const NAMING_PARENTS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.FunctionExpression,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.ClassExpression,
  ts.SyntaxKind.MethodDeclaration,
  ts.SyntaxKind.GetAccessor,
  ts.SyntaxKind.SetAccessor,
  ts.SyntaxKind.EnumDeclaration,
  ts.SyntaxKind.ModuleDeclaration,
  ts.SyntaxKind.ImportEqualsDeclaration,
  ts.SyntaxKind.NamespaceExport,
  ts.SyntaxKind.NamespaceExportDeclaration,
  ts.SyntaxKind.LabeledStatement,
  ts.SyntaxKind.BreakStatement,
  ts.SyntaxKind.ContinueStatement,
  ts.SyntaxKind.JsxAttribute,
  ts.SyntaxKind.JsxClosingElement,
  ts.SyntaxKind.JsxNamespacedName,
  ts.SyntaxKind.MetaProperty,
  ts.SyntaxKind.QualifiedName,
  ts.SyntaxKind.MissingDeclaration,
]);

function isExportedValue(specifier: ts.ExportSpecifier, identifier: ts.Identifier): boolean {
  if (specifier.parent.parent.moduleSpecifier !== undefined) return false;
  return (specifier.propertyName ?? specifier.name) === identifier;
}

function accessByAssignment(binary: ts.BinaryExpression, identifier: ts.Identifier): 'read' | 'write' | 'update' {
  const operator = binary.operatorToken.kind;
  if (binary.left !== identifier || !isAssignmentOperator(operator)) return 'read';
  return operator === ts.SyntaxKind.EqualsToken ? 'write' : 'update';
}

/** `[x] = …`, `({ x } = …)`, `({ a: { b: x = 1 } } = …)`, `for (x of …)`. */
function isAssignmentTarget(identifier: ts.Identifier): boolean {
  let node: ts.Node = identifier;
  for (;;) {
    const parent = node.parent;
    switch (parent.kind) {
      case ts.SyntaxKind.ShorthandPropertyAssignment:
        if ((parent as ts.ShorthandPropertyAssignment).name !== node) return false;
        break;
      case ts.SyntaxKind.PropertyAssignment:
        if ((parent as ts.PropertyAssignment).initializer !== node) return false;
        break;
      case ts.SyntaxKind.ArrayLiteralExpression:
      case ts.SyntaxKind.ObjectLiteralExpression:
      case ts.SyntaxKind.SpreadElement:
      case ts.SyntaxKind.SpreadAssignment:
      case ts.SyntaxKind.ParenthesizedExpression:
        break;
      case ts.SyntaxKind.BinaryExpression: {
        const binary = parent as ts.BinaryExpression;
        if (binary.left !== node || binary.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false;
        if (isPattern(node)) return true;
        break;
      }
      case ts.SyntaxKind.ForOfStatement:
      case ts.SyntaxKind.ForInStatement:
        return (parent as ts.ForInOrOfStatement).initializer === node;
      default:
        return false;
    }
    node = parent;
  }
}

function isPattern(node: ts.Node): boolean {
  return ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node);
}
