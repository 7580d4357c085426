import type { ts } from 'ts-morph';
import {
  canHaveModifiers,
  isClassStaticBlockDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
} from './compiler.ts';

/** A node that becomes a FunctionFact: it has a body of its own; overload signatures and abstract methods do not count. */
export type FunctionNode = (
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
  | ts.AccessorDeclaration
  | ts.ClassStaticBlockDeclaration
) & { readonly body: ts.ConciseBody };

/** A node that becomes a CallFact; JSX counts when the element is a component. */
export type CallNode =
  | ts.CallExpression
  | ts.NewExpression
  | ts.TaggedTemplateExpression
  | ts.JsxElement
  | ts.JsxSelfClosingElement;

export type LoopStatement =
  | ts.ForStatement
  | ts.ForOfStatement
  | ts.ForInStatement
  | ts.WhileStatement
  | ts.DoStatement;

/** Of these kinds, those with a body are function nodes. */
export const FUNCTION_KINDS: readonly ts.SyntaxKind[] = [
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.ArrowFunction,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.Constructor,
  SyntaxKind.GetAccessor,
  SyntaxKind.SetAccessor,
  SyntaxKind.ClassStaticBlockDeclaration,
];

/** Of these kinds, all but intrinsic JSX elements are call nodes. */
export const CALL_KINDS: readonly ts.SyntaxKind[] = [
  SyntaxKind.CallExpression,
  SyntaxKind.NewExpression,
  SyntaxKind.TaggedTemplateExpression,
  SyntaxKind.JsxElement,
  SyntaxKind.JsxSelfClosingElement,
];

export const LOOP_KINDS: readonly ts.SyntaxKind[] = [
  SyntaxKind.ForStatement,
  SyntaxKind.ForOfStatement,
  SyntaxKind.ForInStatement,
  SyntaxKind.WhileStatement,
  SyntaxKind.DoStatement,
];

export function isFunctionNode(node: ts.Node): node is FunctionNode {
  switch (node.kind) {
    case SyntaxKind.ArrowFunction:
    case SyntaxKind.FunctionExpression:
    case SyntaxKind.ClassStaticBlockDeclaration:
      return true;
    case SyntaxKind.FunctionDeclaration:
    case SyntaxKind.MethodDeclaration:
    case SyntaxKind.Constructor:
    case SyntaxKind.GetAccessor:
    case SyntaxKind.SetAccessor:
      return (node as ts.FunctionLikeDeclaration).body !== undefined;
    default:
      return false;
  }
}

export function isCallNode(node: ts.Node): node is CallNode {
  switch (node.kind) {
    case SyntaxKind.CallExpression:
    case SyntaxKind.NewExpression:
    case SyntaxKind.TaggedTemplateExpression:
      return true;
    case SyntaxKind.JsxElement:
      return isComponentTag((node as ts.JsxElement).openingElement.tagName);
    case SyntaxKind.JsxSelfClosingElement:
      return isComponentTag((node as ts.JsxSelfClosingElement).tagName);
    default:
      return false;
  }
}

/** `<Row>`, `<ui.Row>` and `<this.Row>` run code of the project, `<div>` does not. */
export function isComponentTag(tag: ts.JsxTagNameExpression): boolean {
  if (isIdentifier(tag)) return !/^[a-z]/.test(tag.text) && !tag.text.includes('-');
  return isPropertyAccessExpression(tag);
}

export function isLoopStatement(node: ts.Node): node is LoopStatement {
  switch (node.kind) {
    case SyntaxKind.ForStatement:
    case SyntaxKind.ForOfStatement:
    case SyntaxKind.ForInStatement:
    case SyntaxKind.WhileStatement:
    case SyntaxKind.DoStatement:
      return true;
    default:
      return false;
  }
}

/** Whether a part of a loop statement runs once per turn, as its body and tests do, and its iterable or first assignment does not. */
export function runsPerTurn(loop: LoopStatement, part: ts.Node): boolean {
  switch (loop.kind) {
    case SyntaxKind.ForStatement:
      return part !== (loop as ts.ForStatement).initializer;
    case SyntaxKind.ForOfStatement:
    case SyntaxKind.ForInStatement:
      return part !== (loop as ts.ForInOrOfStatement).expression;
    default:
      return true;
  }
}

/** Strips what does not change the value: parentheses, `await`, `as`, `satisfies`, `!` and `<T>`. */
export function unwrap(node: ts.Expression): ts.Expression {
  let inner = node;
  while (isTransparent(inner)) inner = inner.expression;
  return inner;
}

/** The outermost expression around `node` with the same value: the way back of {@link unwrap}. */
export function wrapped(node: ts.Node): ts.Node {
  let outer = node;
  while (outer.parent !== undefined && isTransparent(outer.parent)) outer = outer.parent;
  return outer;
}

export function isTransparent(
  node: ts.Node,
): node is
  | ts.ParenthesizedExpression
  | ts.AwaitExpression
  | ts.AsExpression
  | ts.SatisfiesExpression
  | ts.NonNullExpression
  | ts.TypeAssertion {
  switch (node.kind) {
    case SyntaxKind.ParenthesizedExpression:
    case SyntaxKind.AwaitExpression:
    case SyntaxKind.AsExpression:
    case SyntaxKind.SatisfiesExpression:
    case SyntaxKind.NonNullExpression:
    case SyntaxKind.TypeAssertionExpression:
      return true;
    default:
      return false;
  }
}

export function isAssignmentOperator(kind: ts.SyntaxKind): boolean {
  return kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment;
}

/** Parameters a caller can pass: TypeScript's `this` parameter is not one. */
export function parametersOf(node: FunctionNode): readonly ts.ParameterDeclaration[] {
  if (isClassStaticBlockDeclaration(node)) return [];
  const [first, ...rest] = node.parameters;
  const typesThis = first !== undefined && isIdentifier(first.name) && first.name.text === 'this';
  return typesThis ? rest : node.parameters;
}

/** `static`, `async`, `export`, … written before a declaration or member. */
export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return canHaveModifiers(node) && node.modifiers?.some((modifier) => modifier.kind === kind) === true;
}
