import type { ts } from 'ts-morph';
import type { Span } from '#shared/location.ts';
import {
  isArrowFunction,
  isAwaitExpression,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isCaseOrDefaultClause,
  isConditionalExpression,
  isExpressionStatement,
  isIdentifier,
  isIfStatement,
  isModuleBlock,
  isNewExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isReturnStatement,
  isSourceFile,
  isStatement,
  isVariableDeclaration,
  isVariableStatement,
  SyntaxKind,
} from '../compiler.ts';
import { hasModifier, isFunctionNode } from '../nodeKinds.ts';
import type { SourceContext } from '../sourceContext.ts';
import type { TurnFact } from '../turnFact.ts';
import type { TurnNodes } from './turnNodes.ts';

/** The call with its `await`, where whatever stands in its place binds to nothing around it. */
export function slotOf({ call, callback }: TurnNodes): ts.Expression | null {
  const waits = isAwaitExpression(call.parent);
  const slot = waits ? (call.parent as ts.AwaitExpression) : call;
  const at = slot.parent;
  const given = isReturnStatement(at) || (isArrowFunction(at) && at.body === slot);
  if (given) return waits || callback !== null ? slot : null;
  return waits && standsFree(at, slot) ? slot : null;
}

function standsFree(at: ts.Node, slot: ts.Expression): boolean {
  if (isVariableDeclaration(at) || isPropertyAssignment(at)) return at.initializer === slot;
  if (isCallExpression(at) || isNewExpression(at)) return at.arguments?.includes(slot) ?? false;
  if (isIfStatement(at)) return at.expression === slot;
  if (isConditionalExpression(at)) return at.condition !== slot;
  if (isBinaryExpression(at)) return at.right === slot && at.operatorToken.kind === SyntaxKind.EqualsToken;
  return isExpressionStatement(at) || at.kind === SyntaxKind.ParenthesizedExpression;
}

/** `const user = …;` with nothing else in the statement. */
export function declarationOf(context: SourceContext, slot: ts.Expression): TurnFact['declares'] {
  const { parent } = slot;
  if (!isVariableDeclaration(parent) || !isIdentifier(parent.name) || parent.type !== undefined) return null;
  const statement = parent.parent.parent;
  if (!isSingleDeclaration(statement)) return null;
  return holdsStatements(statement.parent)
    ? { name: parent.name.text, span: context.spanOf(statement), byParts: isReadByParts(context, parent.name) }
    : null;
}

function isReadByParts(context: SourceContext, name: ts.Identifier): boolean {
  const declaration = context.scopes.declarationOf(name);
  return declaration !== null && context.scopes.referencesTo(declaration).every(isPartRead);
}

/** `user.name`, `user?.name`, `if (user)`, `!user`, `user === null`. */
function isPartRead(use: ts.Identifier): boolean {
  const at = use.parent;
  if (isPropertyAccessExpression(at)) return at.expression === use && !isCallee(at);
  if (isIfStatement(at) || isConditionalExpression(at))
    return at.kind === SyntaxKind.IfStatement || at.condition === use;
  if (isPrefixUnaryExpression(at)) return at.operator === SyntaxKind.ExclamationToken;
  if (!isBinaryExpression(at)) return false;
  const operator = at.operatorToken.kind;
  return COMPARING.has(operator) || (operator === SyntaxKind.AmpersandAmpersandToken && at.left === use);
}

function isCallee(node: ts.Expression): boolean {
  return isCallExpression(node.parent) && node.parent.expression === node;
}

const COMPARING: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
]);

/** `Promise.all(xs.map(…))`, the loop being its argument. */
export function promiseAll({ loop, callback }: TurnNodes): {
  readonly node: ts.Expression;
  readonly awaited: boolean;
} | null {
  const at = loop.parent;
  if (callback === null || !isCallExpression(at) || at.arguments.length !== 1 || at.arguments[0] !== loop) return null;
  const { expression } = at;
  if (!isPropertyAccessExpression(expression) || expression.name.text !== 'all') return null;
  if (!isIdentifier(expression.expression) || expression.expression.text !== 'Promise') return null;
  const awaited = isAwaitExpression(at.parent);
  return { node: awaited ? (at.parent as ts.AwaitExpression) : at, awaited };
}

/** Where something can be put that runs before the loop, and only if the loop does. */
export function beforeLoop(context: SourceContext, nodes: TurnNodes): number | null {
  if (nodes.callback === null) {
    return holdsDeclarations(nodes.loop.parent) ? context.spanOf(nodes.loop).start : null;
  }
  const statement = statementAround(nodes.loop);
  return statement && mayWait(context, statement) ? context.spanOf(statement).start : null;
}

/** The loop as a whole statement of a block: itself, or `await Promise.all(…);`. */
export function loopStatement(context: SourceContext, nodes: TurnNodes): Span | null {
  if (nodes.callback === null) return holdsStatements(nodes.loop.parent) ? context.spanOf(nodes.loop) : null;
  const all = promiseAll(nodes);
  const at = all?.awaited ? all.node.parent : null;
  return at && isExpressionStatement(at) && holdsStatements(at.parent) ? context.spanOf(at) : null;
}

/** The statement that evaluates the expression whenever it runs; null where only one branch of it does. */
function statementAround(node: ts.Node): ts.Statement | null {
  for (let at = node; at.parent !== undefined && !isFunctionNode(at.parent); at = at.parent) {
    const { parent } = at;
    if (isConditionalExpression(parent) && parent.condition !== at) return null;
    if (isBinaryExpression(parent) && parent.right === at && isShortcut(parent.operatorToken.kind)) return null;
    if (!isStatement(parent)) continue;
    const simple = isExpressionStatement(parent) || isReturnStatement(parent) || isSingleDeclaration(parent);
    return simple && holdsDeclarations(parent.parent) ? parent : null;
  }
  return null;
}

function isShortcut(operator: ts.SyntaxKind): boolean {
  return (
    operator === SyntaxKind.AmpersandAmpersandToken ||
    operator === SyntaxKind.BarBarToken ||
    operator === SyntaxKind.QuestionQuestionToken
  );
}

function isSingleDeclaration(node: ts.Node): boolean {
  return isVariableStatement(node) && node.declarationList.declarations.length === 1;
}

/** An `await` can be written there. */
function mayWait(context: SourceContext, statement: ts.Statement): boolean {
  const around = context.nodes.functions[context.functionOf(statement)];
  if (!around || isSourceFile(around)) return (context.nodes.awaits[0]?.length ?? 0) > 0;
  return hasModifier(around, SyntaxKind.AsyncKeyword);
}

/** Not a `case`, which shares its names with the others. */
function holdsDeclarations(node: ts.Node): boolean {
  return holdsStatements(node) && !isCaseOrDefaultClause(node);
}

function holdsStatements(node: ts.Node): boolean {
  return isBlock(node) || isSourceFile(node) || isModuleBlock(node) || isCaseOrDefaultClause(node);
}
