import type { ts } from 'ts-morph';
import type { Span } from '#shared/location.ts';
import {
  canHaveModifiers,
  isArrayLiteralExpression,
  isArrowFunction,
  isBlock,
  isCallExpression,
  isClassElement,
  isClassLike,
  isClassStaticBlockDeclaration,
  isConstructorDeclaration,
  isExpressionStatement,
  isIdentifier,
  isJsxAttribute,
  isJsxExpression,
  isJsxOpeningElement,
  isMethodDeclaration,
  isNewExpression,
  isObjectLiteralExpression,
  isParameterPropertyDeclaration,
  isPropertyAssignment,
  isPropertyDeclaration,
  isSourceFile,
  isStringLiteral,
  SyntaxKind,
} from './compiler.ts';
import { decoratorFacts } from './decorators.ts';
import type { FunctionFact, ParameterFact } from './facts.ts';
import { functionSymbols, nameNodeOf } from './functionSymbols.ts';
import type { FunctionNode } from './nodeKinds.ts';
import { parametersOf, unwrap, wrapped } from './nodeKinds.ts';
import { keyOf } from './nodeNames.ts';
import type { SourceContext } from './sourceContext.ts';
import { typeNameOf } from './typeNames.ts';
import { usageOfParameter } from './usageExtraction.ts';
import type { Value } from './values.ts';

export function functionFacts(context: SourceContext): readonly FunctionFact[] {
  const symbols = functionSymbols(context.nodes);
  return context.nodes.functions.map((node, index) =>
    isSourceFile(node) ? moduleFact(context) : functionFact(node, index, symbols[index] ?? '', context),
  );
}

/** The module body as a function: what every file has, even one that could not be understood. */
export function moduleFact({
  text,
  sourceFile,
}: Pick<SourceContext, 'text'> & { readonly sourceFile: ts.SourceFile | null }): FunctionFact {
  return {
    index: 0,
    name: null,
    symbol: '',
    span: { start: 0, end: text.length },
    nameSpan: { start: 0, end: 0 },
    parent: null,
    class: null,
    static: false,
    async: false,
    generator: false,
    parameters: [],
    returns: [],
    argumentOf: null,
    decorators: [],
    directives: sourceFile === null ? [] : directivesOf(sourceFile.statements),
    jsx: false,
  };
}

/** The string statements a file or body begins with. */
export function directivesOf(statements: readonly ts.Statement[]): readonly string[] {
  const found: string[] = [];
  for (const statement of statements) {
    if (!isExpressionStatement(statement) || !isStringLiteral(statement.expression)) break;
    found.push(statement.expression.text);
  }
  return found;
}

function functionFact(node: FunctionNode, index: number, symbol: string, context: SourceContext): FunctionFact {
  const nameNode = nameNodeOf(node);
  const member = memberAround(node);
  const returned = returnedExpressions(node, index, context);
  return {
    index,
    name:
      nameNode === null ? (isConstructorDeclaration(node) ? 'constructor' : null) : keyOf(nameNode as ts.PropertyName),
    symbol,
    span: context.spanOf(node),
    nameSpan: nameNode === null ? headSpan(node, context) : context.spanOf(nameNode),
    parent: context.functionOf(node),
    class: member === null ? null : context.classIndexOf(member.parent),
    static: member !== null && hasModifier(member, SyntaxKind.StaticKeyword),
    async: hasModifier(node, SyntaxKind.AsyncKeyword),
    generator: 'asteriskToken' in node && node.asteriskToken !== undefined,
    parameters: parametersOf(node).map((parameter) => parameterFact(parameter, context)),
    returns: returned.map(({ statement, expression }) =>
      expression === null ? { kind: 'undefined', span: context.spanOf(statement) } : context.valueOf(expression),
    ),
    argumentOf: argumentOf(node, context),
    decorators: decoratorFacts(node, context),
    directives: isBlock(node.body) ? directivesOf(node.body.statements) : [],
    jsx: returned.some(({ expression }) => expression !== null && isJsx(expression)),
  };
}

function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  if (kind === SyntaxKind.StaticKeyword && isClassStaticBlockDeclaration(node)) return true;
  return canHaveModifiers(node) && node.modifiers?.some((modifier) => modifier.kind === kind) === true;
}

/** The class member a function is, as a method or as the arrow a property is initialised with. */
function memberAround(node: FunctionNode): ts.ClassElement | null {
  if (isClassElement(node)) return isClassLike(node.parent) ? node : null;
  const holder = wrapped(node).parent;
  return isPropertyDeclaration(holder) ? holder : null;
}

/** Where an unnamed function begins: all before its body. */
function headSpan(node: FunctionNode, context: SourceContext): Span {
  const { start } = context.spanOf(node);
  return { start, end: isArrowFunction(node) ? node.equalsGreaterThanToken.end : Math.max(start, node.body.pos) };
}

function returnedExpressions(
  node: FunctionNode,
  index: number,
  context: SourceContext,
): readonly { readonly statement: ts.Node; readonly expression: ts.Expression | null }[] {
  if (!isBlock(node.body)) return [{ statement: node.body, expression: node.body }];
  const statements = context.nodes.returns[index] ?? [];
  return statements.map((statement) => ({ statement, expression: statement.expression ?? null }));
}

function isJsx(expression: ts.Expression): boolean {
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

function parameterFact(node: ts.ParameterDeclaration, context: SourceContext): ParameterFact {
  return {
    name: isIdentifier(node.name) ? node.name.text : null,
    typeName: typeNameOf(node.type),
    property: isParameterPropertyDeclaration(node, node.parent),
    rest: node.dotDotDotToken !== undefined,
    default: defaultOf(node, context),
    decorators: decoratorFacts(node, context),
    usage: usageOfParameter(context, node),
    span: context.spanOf(node),
  };
}

function defaultOf(node: ts.ParameterDeclaration, context: SourceContext): Value | null {
  return node.initializer === undefined ? null : context.valueOf(node.initializer);
}

function argumentOf(node: FunctionNode, context: SourceContext): FunctionFact['argumentOf'] {
  const path: string[] = [];
  let inner = isMethodDeclaration(node) ? node : wrapped(node);
  for (;;) {
    const holder = inner.parent;
    if (isObjectLiteralExpression(holder)) {
      path.unshift(keyOf((inner as ts.ObjectLiteralElementLike).name) ?? '?');
      inner = wrapped(holder);
    } else if (isArrayLiteralExpression(holder)) {
      path.unshift('[]');
      inner = wrapped(holder);
    } else if (isPropertyAssignment(holder)) inner = holder;
    else return argumentAt(holder, inner, path, context);
  }
}

function argumentAt(
  holder: ts.Node,
  inner: ts.Node,
  path: readonly string[],
  context: SourceContext,
): FunctionFact['argumentOf'] {
  if (isCallExpression(holder) || isNewExpression(holder)) {
    const argument = holder.arguments?.indexOf(inner as ts.Expression) ?? -1;
    const call = context.callIndexOf(holder);
    return argument < 0 || call === null ? null : { call, argument, path };
  }
  if (!isJsxExpression(holder)) return null;
  const attribute = holder.parent;
  const element = isJsxAttribute(attribute) ? elementOf(attribute.parent.parent) : attribute;
  const call = context.callIndexOf(element);
  const step = isJsxAttribute(attribute) ? attribute.name.getText() : 'children';
  return call === null ? null : { call, argument: 0, path: [step, ...path] };
}

function elementOf(opening: ts.Node): ts.Node {
  return isJsxOpeningElement(opening) ? opening.parent : opening;
}
