import type { ts } from 'ts-morph';
import type { Span } from '#shared/location.ts';
import { argumentOf } from './argumentPlace.ts';
import {
  isArrowFunction,
  isBlock,
  isClassElement,
  isClassLike,
  isClassStaticBlockDeclaration,
  isConstructorDeclaration,
  isExpressionStatement,
  isPropertyDeclaration,
  isSourceFile,
  isStringLiteral,
  SyntaxKind,
} from './compiler.ts';
import { decoratorFacts } from './decorators.ts';
import type { FunctionFact } from './facts.ts';
import { functionSymbols, nameNodeOf } from './functionSymbols.ts';
import type { FunctionNode } from './nodeKinds.ts';
import { hasModifier, wrapped } from './nodeKinds.ts';
import { keyOf } from './nodeNames.ts';
import { parameterFacts } from './parameterFacts.ts';
import { isJsx, returnedExpressions } from './returned.ts';
import type { SourceContext } from './sourceContext.ts';

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
    static: member !== null && (isClassStaticBlockDeclaration(member) || hasModifier(member, SyntaxKind.StaticKeyword)),
    async: hasModifier(node, SyntaxKind.AsyncKeyword),
    generator: 'asteriskToken' in node && node.asteriskToken !== undefined,
    parameters: parameterFacts(node, context),
    returns: returned.map(({ statement, expression }) =>
      expression === null ? { kind: 'undefined', span: context.spanOf(statement) } : context.longValueOf(expression),
    ),
    argumentOf: argumentOf(node, context),
    decorators: decoratorFacts(node, context),
    directives: isBlock(node.body) ? directivesOf(node.body.statements) : [],
    jsx: returned.some(({ expression }) => expression !== null && isJsx(expression)),
  };
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
