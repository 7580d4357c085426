import type { ts } from 'ts-morph';
import {
  findAncestor,
  forEachChild,
  isBindingElement,
  isCallExpression,
  isDecorator,
  isElementAccessExpression,
  isExpressionStatement,
  isFunctionLike,
  isImportDeclaration,
  isNamedImports,
  isNewExpression,
  isParameter,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteralLike,
  isTemplateHead,
} from './compiler.ts';
import { cacheCallSign, cacheDecoratorSign, cachePropertySign } from './evidenceCache.ts';
import { headerSign, textSign } from './evidenceHeaders.ts';
import {
  identityBindingSign,
  identityCallSign,
  identityDecoratorSign,
  identityPropertySign,
} from './evidenceIdentity.ts';
import type { Sign } from './evidenceNames.ts';
import type { EvidenceFact } from './facts.ts';
import { decoratorCall, literalText } from './nodeNames.ts';
import type { SourceContext } from './sourceContext.ts';

/** Signs of caching and of identity in a file, each sign once per function, in source order. */
export function extractEvidence(context: SourceContext): readonly EvidenceFact[] {
  const found = new Map<string, EvidenceFact>();
  const reactCache = importedNames(context.sourceFile, 'react', 'cache');
  const visit = (node: ts.Node): void => {
    for (const sign of signsOf(node, reactCache)) {
      const fact = { ...sign, function: homeOf(context, node), span: context.spanOf(node) };
      const key = `${fact.kind} ${fact.function} ${fact.sign}`;
      if (!found.has(key)) found.set(key, fact);
    }
    forEachChild(node, visit);
  };
  visit(context.sourceFile);
  return [...found.values()];
}

function* signsOf(node: ts.Node, reactCache: ReadonlySet<string>): Generator<Sign> {
  for (const sign of candidates(node, reactCache)) if (sign !== null) yield sign;
}

function candidates(node: ts.Node, reactCache: ReadonlySet<string>): readonly (Sign | null)[] {
  if (isCallExpression(node) && isDecorator(node.parent)) return [headerSign(node)];
  if (isCallExpression(node) || isNewExpression(node))
    return [cacheCallSign(node, reactCache), headerSign(node), identityCallSign(node)];
  if (isDecorator(node)) return [cacheDecoratorSign(decoratorCall(node)), identityDecoratorSign(decoratorCall(node))];
  if (isPropertyAccessExpression(node) || isElementAccessExpression(node)) return [identityPropertySign(node)];
  if (isBindingElement(node)) return [identityBindingSign(node)];
  if (isPropertyAssignment(node)) return [headerSign(node), cachePropertySign(node)];
  if (isExpressionStatement(node)) return [directiveSign(node)];
  if (isStringLiteralLike(node) || isTemplateHead(node)) return [textSign(node)];
  return [];
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
