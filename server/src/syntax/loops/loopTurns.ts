import type { ts } from 'ts-morph';
import {
  forEachChild,
  isArrayLiteralExpression,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isDoStatement,
  isForStatement,
  isIdentifier,
  isIfStatement,
  isNumericLiteral,
  isObjectLiteralExpression,
  isOmittedExpression,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isThrowStatement,
  isVariableDeclaration,
  isWhileStatement,
  SyntaxKind,
} from '../compiler.ts';
import type { Declaration } from '../declarations.ts';
import { someWithin } from '../expressions.ts';
import { isAssignmentOperator, type LoopStatement, unwrap } from '../nodeKinds.ts';
import { lastNameOf } from '../nodeNames.ts';
import type { Scopes } from '../scopes.ts';
import { type Exits, exitsOf } from './loopExits.ts';

/** What one turn of a loop does, gathered once for all that judge how the loop progresses. */
export interface Turn {
  readonly loop: LoopStatement;
  readonly scopes: Scopes;
  /** The test that decides on another turn; null for `for (;;)`. */
  readonly condition: ts.Expression | null;
  readonly exits: Exits;
  /** Names that get a value in the loop, by declaration or assignment, and where from. */
  readonly sets: readonly Setting[];
  /** Tests of the loop that lead to leaving it: its condition and the `if`s around `return` and `break`. */
  readonly guards: readonly ts.Expression[];
}

/** `cursor = rows.at(-1)?.id`, `skip += take`, `i++`, `const rows = await …`; `target` is the last name of a property. */
export interface Setting {
  readonly target: string;
  readonly declaration: Declaration | null;
  /** Null for `++` and `--`. */
  readonly value: ts.Expression | null;
  /** It lived before this turn, so the next turn sees what was set. */
  readonly carried: boolean;
}

export function turnOf(scopes: Scopes, loop: LoopStatement): Turn {
  const exits = exitsOf(loop.statement);
  const condition = conditionOf(loop);
  const sets: Setting[] = [];
  someWithin(loop, (node) => {
    collectSettings(scopes, loop, node, sets);
    return false;
  });
  return { loop, scopes, condition, exits, sets, guards: guardsOf(loop, condition, exits) };
}

/** Whether a part of the loop names the variable. */
export function mentions(scopes: Scopes, node: ts.Node, declaration: Declaration): boolean {
  return someDeep(
    node,
    (each) => isIdentifier(each) && each.text === declaration.name && scopes.declarationOf(each) === declaration,
  );
}

/** Like {@link someWithin}, into nested functions as well. */
export function someDeep(node: ts.Node, fits: (node: ts.Node) => boolean): boolean {
  return fits(node) || (forEachChild(node, (child) => someDeep(child, fits) || undefined) ?? false);
}

/** Every name read in an expression, variables and properties, but for those left out. */
export function namesIn(node: ts.Node, leftOut: (name: ts.Identifier) => boolean = none): readonly string[] {
  const found: string[] = [];
  someDeep(node, (each) => {
    if (isIdentifier(each) && !leftOut(each)) found.push(each.text);
    return false;
  });
  return found;
}

function none(): boolean {
  return false;
}

export function waits(node: ts.Node): boolean {
  return someWithin(node, isAwaitExpression);
}

/** `while (true)`, `for (;;)`, `while (1)`. */
export function isEndless(condition: ts.Expression | null): boolean {
  if (condition === null) return true;
  const inner = unwrap(condition);
  return inner.kind === SyntaxKind.TrueKeyword || (isNumericLiteral(inner) && inner.text !== '0');
}

function conditionOf(loop: LoopStatement): ts.Expression | null {
  if (isForStatement(loop)) return loop.condition ?? null;
  return isWhileStatement(loop) || isDoStatement(loop) ? loop.expression : null;
}

function collectSettings(scopes: Scopes, loop: LoopStatement, node: ts.Node, sets: Setting[]): void {
  if (isVariableDeclaration(node) && node.initializer) {
    for (const name of boundNames(node.name)) sets.push(setting(scopes, loop, name, node.initializer));
  } else if (isBinaryExpression(node) && isAssignmentOperator(node.operatorToken.kind)) {
    for (const name of assignedNames(node.left)) sets.push(setting(scopes, loop, name, node.right));
  } else if ((isPostfixUnaryExpression(node) || isPrefixUnaryExpression(node)) && isStep(node)) {
    for (const name of assignedNames(node.operand)) sets.push(setting(scopes, loop, name, null));
  }
}

function setting(scopes: Scopes, loop: LoopStatement, name: ts.Identifier, value: ts.Expression | null): Setting {
  const isProperty = isPropertyAccessExpression(name.parent) && name.parent.name === name;
  const declaration = isProperty ? null : scopes.declarationOf(name);
  const from = declaration?.identifier.pos ?? -1;
  const carried = from < loop.statement.pos || from >= loop.statement.end;
  return { target: name.text, declaration, value, carried };
}

function isStep(node: ts.PostfixUnaryExpression | ts.PrefixUnaryExpression): boolean {
  return node.operator === SyntaxKind.PlusPlusToken || node.operator === SyntaxKind.MinusMinusToken;
}

function boundNames(name: ts.BindingName): readonly ts.Identifier[] {
  if (isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (isOmittedExpression(element) ? [] : boundNames(element.name)));
}

function assignedNames(target: ts.Expression): readonly ts.Identifier[] {
  const inner = unwrap(target);
  if (isIdentifier(inner)) return [inner];
  if (isPropertyAccessExpression(inner)) return isIdentifier(inner.name) ? [inner.name] : [];
  if (isArrayLiteralExpression(inner)) return inner.elements.flatMap(assignedNames);
  if (!isObjectLiteralExpression(inner)) return [];
  return inner.properties.flatMap((each) => {
    if (isShorthandPropertyAssignment(each)) return [each.name];
    return isPropertyAssignment(each) ? assignedNames(each.initializer) : [];
  });
}

function guardsOf(loop: LoopStatement, condition: ts.Expression | null, exits: Exits): readonly ts.Expression[] {
  const found: ts.Expression[] = condition ? [condition] : [];
  for (const exit of exits.leaves.filter((each) => !isThrowStatement(each))) {
    for (let node: ts.Node = exit; node !== loop.statement; node = node.parent) {
      if (isIfStatement(node.parent) && node.parent.expression !== node) found.push(node.parent.expression);
    }
  }
  return found;
}

/** Whether the loop calls something of such a name, callbacks included. */
export function callsNamed(loop: ts.Node, name: RegExp): boolean {
  return someDeep(loop, (node) => isCallExpression(node) && name.test(lastNameOf(node.expression)));
}
