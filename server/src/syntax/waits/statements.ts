import type { ts } from 'ts-morph';
import {
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isCaseOrDefaultClause,
  isContinueStatement,
  isExpressionStatement,
  isFunctionDeclaration,
  isIdentifier,
  isModuleBlock,
  isPropertyAccessExpression,
  isReturnStatement,
  isSourceFile,
  isThrowStatement,
  isVariableStatement,
  SyntaxKind,
} from '../compiler.ts';
import { type Declaration, declaredNames } from '../declarations.ts';
import { isAssignmentOperator, unwrap } from '../nodeKinds.ts';
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

/** Without an await, waits that have nothing to do with it can stand before or behind it: it declares, assigns, tests, leaves, or writes to a log. */
export function isPassedOver(statement: ts.Statement): boolean {
  switch (statement.kind) {
    case SyntaxKind.FunctionDeclaration:
    case SyntaxKind.InterfaceDeclaration:
    case SyntaxKind.TypeAliasDeclaration:
      return true;
    case SyntaxKind.IfStatement:
      return branchesOf(statement as ts.IfStatement).every((branch) => isLeaving(branch) || isPassedOver(branch));
    case SyntaxKind.Block:
      return (statement as ts.Block).statements.every((each) => isLeaving(each) || isPassedOver(each));
    default:
      return isVariableStatement(statement) || (isExpressionStatement(statement) && isHarmless(statement.expression));
  }
}

function branchesOf({ thenStatement, elseStatement }: ts.IfStatement): readonly ts.Statement[] {
  return elseStatement ? [thenStatement, elseStatement] : [thenStatement];
}

function isLeaving(statement: ts.Statement): boolean {
  return isReturnStatement(statement) || isThrowStatement(statement) || isContinueStatement(statement);
}

function isHarmless(expression: ts.Expression): boolean {
  return isLogging(expression) || (isBinaryExpression(expression) && assignedName(expression) !== null);
}

/** `x = …`, `x.y = …`: the variable that is changed. */
function assignedName({ left, operatorToken }: ts.BinaryExpression): ts.Identifier | null {
  if (!isAssignmentOperator(operatorToken.kind)) return null;
  let target = unwrap(left);
  while (isPropertyAccessExpression(target)) target = unwrap(target.expression);
  return isIdentifier(target) ? target : null;
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
  const name = assignedName(statement.expression);
  const declaration = name && scopes.declarationOf(name);
  return declaration ? [declaration] : [];
}

/** `console.log(…)`, `this.logger.info(…)`. */
function isLogging(expression: ts.Expression): boolean {
  if (!isCallExpression(expression) || !isPropertyAccessExpression(expression.expression)) return false;
  const receiver = unwrap(expression.expression.expression);
  const name = isPropertyAccessExpression(receiver) ? receiver.name : receiver;
  return isIdentifier(name) && /^(console|log|logger)$/i.test(name.text);
}
