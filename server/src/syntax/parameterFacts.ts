import type { ts } from 'ts-morph';
import { absentParts } from './absentParts.ts';
import { isIdentifier, isParameterPropertyDeclaration } from './compiler.ts';
import { decoratorFacts } from './decorators.ts';
import type { ParameterFact } from './facts.ts';
import type { FunctionNode } from './nodeKinds.ts';
import { parametersOf } from './nodeKinds.ts';
import type { SourceContext } from './sourceContext.ts';
import { typeNameOf } from './typeNames.ts';
import { usageOfParameter } from './usage/usageExtraction.ts';
import type { Value } from './values.ts';

export function parameterFacts(node: FunctionNode, context: SourceContext): readonly ParameterFact[] {
  return parametersOf(node).map((parameter) => parameterFact(parameter, context));
}

function parameterFact(node: ts.ParameterDeclaration, context: SourceContext): ParameterFact {
  return {
    name: isIdentifier(node.name) ? node.name.text : null,
    typeName: typeNameOf(node.type),
    property: isParameterPropertyDeclaration(node, node.parent),
    rest: node.dotDotDotToken !== undefined,
    default: defaultOf(node, context),
    absent: absentParts(node, context.sourceFile),
    decorators: decoratorFacts(node, context),
    usage: usageOfParameter(context, node),
    span: context.spanOf(node),
  };
}

function defaultOf(node: ts.ParameterDeclaration, context: SourceContext): Value | null {
  return node.initializer === undefined ? null : context.valueOf(node.initializer);
}
