import type { ts } from 'ts-morph';
import {
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isCaseOrDefaultClause,
  isExpressionStatement,
  isFunctionDeclaration,
  isIdentifier,
  isModuleBlock,
  isPropertyAccessExpression,
  isReturnStatement,
  isSourceFile,
  isVariableStatement,
  SyntaxKind,
} from '../compiler.ts';
import { type Declaration, declaredNames } from '../declarations.ts';
import { unwrap } from '../nodeKinds.ts';
import type { SourceContext } from '../sourceContext.ts';

/** The list an await's own statement stands in; null where it is no element of one, as in the test of an `if` without braces. */
export function statementListOf(node: ts.Node): readonly ts.Statement[] | null {
  for (let at = node.parent; at !== undefined; at = at.parent) {
    if (isBlock(at) || isSourceFile(at) || isModuleBlock(at) || isCaseOrDefaultClause(at)) return at.statements;
  }
  return null;
}

/** Its awaits run whenever the list is run through: `const x = await …`, `x = await …`, `return await …`. */
export function isWaiting(statement: ts.Statement): boolean {
  return isVariableStatement(statement) || isExpressionStatement(statement) || isReturnStatement(statement);
}

/** Without an await, it can stand before or behind the waits around it: it declares something, or writes to a log. */
export function isPassedOver(statement: ts.Statement): boolean {
  switch (statement.kind) {
    case SyntaxKind.FunctionDeclaration:
    case SyntaxKind.InterfaceDeclaration:
    case SyntaxKind.TypeAliasDeclaration:
      return true;
    default:
      return isVariableStatement(statement) || (isExpressionStatement(statement) && isLogging(statement.expression));
  }
}

/** The names that hold what a statement makes; nothing for one that makes nothing. */
export function assignedTo({ scopes }: SourceContext, statement: ts.Statement): readonly Declaration[] {
  if (isVariableStatement(statement))
    return statement.declarationList.declarations
      .flatMap((each) => [...declaredNames(each)])
      .flatMap(({ identifier }) => scopes.declarationOf(identifier) ?? []);
  if (isFunctionDeclaration(statement))
    return declaredNames(statement).flatMap(({ identifier }) => scopes.declarationOf(identifier) ?? []);
  if (!isExpressionStatement(statement) || !isBinaryExpression(statement.expression)) return [];
  const target = unwrap(statement.expression.left);
  const declaration = isIdentifier(target) ? scopes.declarationOf(target) : null;
  return declaration ? [declaration] : [];
}

/** `console.log(…)`, `this.logger.info(…)`. */
function isLogging(expression: ts.Expression): boolean {
  if (!isCallExpression(expression) || !isPropertyAccessExpression(expression.expression)) return false;
  const receiver = unwrap(expression.expression.expression);
  const name = isPropertyAccessExpression(receiver) ? receiver.name : receiver;
  return isIdentifier(name) && /^(console|log|logger)$/i.test(name.text);
}
