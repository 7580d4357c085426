import type { ts } from 'ts-morph';
import { isBlock, SyntaxKind } from './compiler.ts';
import type { FunctionNode } from './nodeKinds.ts';
import { unwrap } from './nodeKinds.ts';
import type { SourceContext } from './sourceContext.ts';

/** What a function's returns give, each once; a bare `return` has no expression. */
export function returnedExpressions(
  node: FunctionNode,
  index: number,
  context: SourceContext,
): readonly { readonly statement: ts.Node; readonly expression: ts.Expression | null }[] {
  if (!isBlock(node.body)) return [{ statement: node.body, expression: node.body }];
  const statements = context.nodes.returns[index] ?? [];
  return statements.map((statement) => ({ statement, expression: statement.expression ?? null }));
}

/** Whether an expression may give JSX, seen through choices. */
export function isJsx(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  switch (node.kind) {
    case SyntaxKind.JsxElement:
    case SyntaxKind.JsxSelfClosingElement:
    case SyntaxKind.JsxFragment:
      return true;
    case SyntaxKind.ConditionalExpression:
      return isJsx((node as ts.ConditionalExpression).whenTrue) || isJsx((node as ts.ConditionalExpression).whenFalse);
    case SyntaxKind.BinaryExpression:
      return isJsx((node as ts.BinaryExpression).right);
    default:
      return false;
  }
}
