import type { ts } from 'ts-morph';
import { isAwaited, isReturned, runsAfterAwait } from './awaits.ts';
import { startBranches } from './branches.ts';
import {
  isElementAccessExpression,
  isJsxElement,
  isJsxSelfClosingElement,
  isPropertyAccessExpression,
  isTaggedTemplateExpression,
  SyntaxKind,
} from './compiler.ts';
import type { CallFact } from './facts.ts';
import type { CallNode } from './nodeKinds.ts';
import { unwrap } from './nodeKinds.ts';
import { lastNameOf } from './nodeNames.ts';
import type { SourceContext } from './sourceContext.ts';
import { usageOfCall } from './usage/usageExtraction.ts';
import type { Value } from './values.ts';

export function callFacts(context: SourceContext): readonly CallFact[] {
  const branchesAround = startBranches(context);
  return context.nodes.calls.map((node, index) => {
    const functionIndex = context.nodes.callFunctions[index] ?? 0;
    const callee = calleeOf(node);
    return {
      index,
      kind: kindOf(node),
      span: context.spanOf(node),
      nameSpan: context.spanOf(nameNodeOf(callee)),
      callee: context.referenceOf(callee),
      arguments: argumentsOf(node, callee, context),
      function: functionIndex,
      loops: context.loopsAround(node),
      awaited: isAwaited(node),
      returned: isReturned(node),
      afterAwait: runsAfterAwait(node, functionIndex, context.nodes),
      branches: branchesAround(node),
      usage: usageOfCall(context, node),
    };
  });
}

function kindOf(node: CallNode): CallFact['kind'] {
  switch (node.kind) {
    case SyntaxKind.CallExpression:
      return 'call';
    case SyntaxKind.NewExpression:
      return 'new';
    case SyntaxKind.TaggedTemplateExpression:
      return 'tagged';
    default:
      return 'render';
  }
}

function calleeOf(node: CallNode): ts.Expression {
  if (isJsxElement(node)) return node.openingElement.tagName as ts.Expression;
  if (isJsxSelfClosingElement(node)) return node.tagName as ts.Expression;
  return isTaggedTemplateExpression(node) ? node.tag : node.expression;
}

function nameNodeOf(callee: ts.Expression): ts.Node {
  const inner = unwrap(callee);
  if (isPropertyAccessExpression(inner)) return inner.name;
  return isElementAccessExpression(inner) ? inner.argumentExpression : inner;
}

/** Calls whose texts may be SQL: those of the client and of drivers, and the makers of SQL fragments. */
const LONG_TEXTS = /^\$|^(?:raw|sql|join|query|execute|prepare|exec)$/i;

function argumentsOf(node: CallNode, callee: ts.Expression, context: SourceContext): readonly Value[] {
  if (isJsxElement(node) || isJsxSelfClosingElement(node)) return [context.propsOf(node)];
  if (isTaggedTemplateExpression(node)) {
    const template = context.templateOf(node.template);
    return template.kind === 'template' ? [template, ...template.values] : [template];
  }
  const toValue = LONG_TEXTS.test(lastNameOf(callee)) ? context.longValueOf : context.valueOf;
  return node.arguments?.map((argument) => toValue(argument)) ?? [];
}
