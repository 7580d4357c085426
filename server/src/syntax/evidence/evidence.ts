import type { ts } from 'ts-morph';
import {
  findAncestor,
  isCallExpression,
  isDecorator,
  isFunctionLike,
  isImportDeclaration,
  isNamedImports,
  isParameter,
  SyntaxKind,
} from '../compiler.ts';
import type { EvidenceFact } from '../facts.ts';
import { decoratorCall, literalText } from '../nodeNames.ts';
import type { SourceContext } from '../sourceContext.ts';
import { cacheCallSign, cacheDecoratorSign, cachePropertySign } from './evidenceCache.ts';
import { headerSign, textSign } from './evidenceHeaders.ts';
import {
  identityBindingSign,
  identityCallSign,
  identityDecoratorSign,
  identityPropertySign,
} from './evidenceIdentity.ts';
import type { Sign } from './evidenceNames.ts';

/** Signs of caching and of identity in a file, each sign once per function, in source order. */
export function extractEvidence(context: SourceContext): readonly EvidenceFact[] {
  const found = new Map<string, EvidenceFact>();
  const reactCache = importedNames(context.sourceFile, 'react', 'cache');
  for (const node of context.speaking) {
    for (const sign of candidates(node, reactCache)) {
      if (sign === null) continue;
      const fact = { ...sign, function: homeOf(context, node), span: context.spanOf(node) };
      const key = `${fact.kind} ${fact.function} ${fact.sign}`;
      if (!found.has(key)) found.set(key, fact);
    }
  }
  return [...found.values()];
}

const NO_SIGNS: readonly (Sign | null)[] = [];

function candidates(node: ts.Node, reactCache: ReadonlySet<string>): readonly (Sign | null)[] {
  switch (node.kind) {
    case SyntaxKind.CallExpression:
    case SyntaxKind.NewExpression:
      return callSigns(node as ts.CallExpression | ts.NewExpression, reactCache);
    case SyntaxKind.Decorator: {
      const call = decoratorCall(node as ts.Decorator);
      return [cacheDecoratorSign(call), identityDecoratorSign(call)];
    }
    case SyntaxKind.PropertyAccessExpression:
    case SyntaxKind.ElementAccessExpression:
      return [identityPropertySign(node as ts.PropertyAccessExpression | ts.ElementAccessExpression)];
    case SyntaxKind.BindingElement:
      return [identityBindingSign(node as ts.BindingElement)];
    case SyntaxKind.PropertyAssignment:
      return [headerSign(node as ts.PropertyAssignment), cachePropertySign(node as ts.PropertyAssignment)];
    case SyntaxKind.ExpressionStatement:
      return [directiveSign(node as ts.ExpressionStatement)];
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NoSubstitutionTemplateLiteral:
    case SyntaxKind.TemplateHead:
      return [textSign(node as ts.StringLiteralLike | ts.TemplateHead)];
    default:
      return NO_SIGNS;
  }
}

function callSigns(
  node: ts.CallExpression | ts.NewExpression,
  reactCache: ReadonlySet<string>,
): readonly (Sign | null)[] {
  if (isCallExpression(node) && isDecorator(node.parent)) return [headerSign(node)];
  return [cacheCallSign(node, reactCache), headerSign(node), identityCallSign(node)];
}

function directiveSign(node: ts.ExpressionStatement): Sign | null {
  const text = literalText(node.expression);
  return text !== null && /^use cache\b/.test(text) ? { kind: 'cache', sign: 'use cache' } : null;
}

/** A decorator speaks of the function it stands at, or whose parameter it stands at; everything else of the one around it. */
function homeOf(context: SourceContext, node: ts.Node): number {
  const decorator = findAncestor(node, (parent) =>
    isDecorator(parent) ? true : isFunctionLike(parent) ? 'quit' : false,
  );
  if (!decorator) return context.functionOf(node);
  const owner = isParameter(decorator.parent) ? decorator.parent.parent : decorator.parent;
  return context.functionIndexOf(owner) ?? context.functionOf(owner);
}

function importedNames(file: ts.SourceFile, specifier: string, name: string): ReadonlySet<string> {
  const locals = new Set<string>();
  for (const statement of file.statements) {
    if (!isImportDeclaration(statement) || literalText(statement.moduleSpecifier) !== specifier) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings && isNamedImports(bindings))
      for (const element of bindings.elements)
        if ((element.propertyName ?? element.name).text === name) locals.add(element.name.text);
  }
  return locals;
}
