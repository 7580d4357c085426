import type { ts } from 'ts-morph';
import {
  isBinaryExpression,
  isConstructorDeclaration,
  isExpressionStatement,
  isIdentifier,
  isParameterPropertyDeclaration,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isVariableDeclaration,
  SyntaxKind,
} from './compiler.ts';
import { decoratorFacts } from './decorators.ts';
import type { ClassFact, MemberFact } from './facts.ts';
import { hasModifier, isFunctionNode, parametersOf, unwrap } from './nodeKinds.ts';
import { keyOf } from './nodeNames.ts';
import type { SourceContext } from './sourceContext.ts';
import { typeNameOf } from './typeNames.ts';
import type { Reference, Value } from './values.ts';

export function classFacts(context: SourceContext): readonly ClassFact[] {
  return context.nodes.classes.map((node, index) => ({
    index,
    name: node.name?.text ?? assignedName(node),
    extends: extendedBy(node, context),
    implements: implementedBy(node),
    decorators: decoratorFacts(node, context),
    members: membersOf(node, context),
    span: context.spanOf(node),
  }));
}

function assignedName(node: ts.ClassLikeDeclaration): string | null {
  const holder = node.parent;
  return isVariableDeclaration(holder) && isIdentifier(holder.name) ? holder.name.text : null;
}

function heritage(node: ts.ClassLikeDeclaration, token: ts.SyntaxKind): readonly ts.ExpressionWithTypeArguments[] {
  return node.heritageClauses?.find((clause) => clause.token === token)?.types ?? [];
}

function extendedBy(node: ts.ClassLikeDeclaration, context: SourceContext): Reference | null {
  const [base] = heritage(node, SyntaxKind.ExtendsKeyword);
  return base === undefined ? null : context.referenceOf(base.expression);
}

function implementedBy(node: ts.ClassLikeDeclaration): readonly string[] {
  return heritage(node, SyntaxKind.ImplementsKeyword).map((type) => type.expression.getText());
}

function membersOf(node: ts.ClassLikeDeclaration, context: SourceContext): readonly MemberFact[] {
  const found = new Map<string, MemberFact>();
  for (const element of node.members) {
    const member = memberFact(element, context);
    if (member !== null) found.set(member.static ? `static ${member.name}` : member.name, member);
  }
  for (const member of constructedMembers(node, context)) {
    const declared = found.get(member.name);
    found.set(member.name, declared === undefined ? member : { ...declared, value: declared.value ?? member.value });
  }
  return [...found.values()];
}

function memberFact(element: ts.ClassElement, context: SourceContext): MemberFact | null {
  const name = isConstructorDeclaration(element) ? 'constructor' : keyOf(element.name);
  if (name === null) return null;
  const shared = { name, static: hasModifier(element, SyntaxKind.StaticKeyword) };
  if (!isPropertyDeclaration(element)) {
    const index = context.functionIndexOf(element);
    return index === null
      ? null
      : { ...shared, function: index, value: null, typeName: null, decorators: [], nameSpan: null };
  }
  const initializer = element.initializer === undefined ? null : unwrap(element.initializer);
  const typeName = typeNameOf(element.type);
  const index = initializer === null ? null : context.functionIndexOf(initializer);
  const value = initializer === null || index !== null ? null : context.longValueOf(initializer);
  return {
    ...{ ...shared, function: index, value, typeName },
    decorators: decoratorFacts(element, context),
    nameSpan: context.spanOf(element.name),
  };
}

/** Parameter properties, and what the constructor's own statements assign to `this`. */
function constructedMembers(owner: ts.ClassLikeDeclaration, context: SourceContext): readonly MemberFact[] {
  const node = owner.members.find((element) => isConstructorDeclaration(element) && element.body !== undefined);
  const found: MemberFact[] = [];
  const add = (name: string, value: Value | null, typeName: string | null): void => {
    found.push({ name, static: false, function: null, value, typeName, decorators: [], nameSpan: null });
  };
  if (node === undefined || !isFunctionNode(node)) return found;
  for (const parameter of parametersOf(node)) {
    if (!isParameterPropertyDeclaration(parameter, node) || !isIdentifier(parameter.name)) continue;
    add(parameter.name.text, context.valueOf(parameter.name), typeNameOf(parameter.type));
  }
  for (const statement of node.body.statements) {
    const assigned = assignedToThis(statement);
    if (assigned !== null) add(assigned.name, context.longValueOf(assigned.value), null);
  }
  return found;
}

function assignedToThis(statement: ts.Statement): { readonly name: string; readonly value: ts.Expression } | null {
  if (!isExpressionStatement(statement) || !isBinaryExpression(statement.expression)) return null;
  const { left, operatorToken, right } = statement.expression;
  if (operatorToken.kind !== SyntaxKind.EqualsToken || !isPropertyAccessExpression(left)) return null;
  return left.expression.kind === SyntaxKind.ThisKeyword ? { name: left.name.text, value: right } : null;
}
