import type { ts } from 'ts-morph';
import { canHaveDecorators, isCallExpression, isDecorator } from './compiler.ts';
import type { DecoratorFact } from './facts.ts';
import { dottedName } from './nodeNames.ts';
import type { SourceContext } from './sourceContext.ts';

const NONE: readonly DecoratorFact[] = [];

export function decoratorFacts(node: ts.Node, context: SourceContext): readonly DecoratorFact[] {
  if (!canHaveDecorators(node) || node.modifiers === undefined) return NONE;
  const found = node.modifiers.filter(isDecorator);
  return found.length === 0 ? NONE : found.map((decorator) => decoratorFact(decorator, context));
}

function decoratorFact(decorator: ts.Decorator, context: SourceContext): DecoratorFact {
  const expression = decorator.expression;
  const call = isCallExpression(expression) ? expression : null;
  return {
    name: dottedName(call?.expression ?? expression),
    arguments: call?.arguments.map((argument) => context.valueOf(argument)) ?? [],
    span: context.spanOf(decorator),
  };
}
