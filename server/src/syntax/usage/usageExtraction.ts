import type { ts } from 'ts-morph';
import {
  isConstructorDeclaration,
  isDecorator,
  isExpressionStatement,
  isIdentifier,
  isJsxElement,
  isJsxSelfClosingElement,
} from '../compiler.ts';
import { type CallNode, isFunctionNode, wrapped } from '../nodeKinds.ts';
import type { SourceContext } from '../sourceContext.ts';
import type { Usage } from '../usage.ts';
import { bindName } from './usageBindings.ts';
import { lookAround } from './usageExpressions.ts';
import { WHOLE } from './usageParts.ts';
import { traceValue } from './usageTrace.ts';

const UNUSED: Usage = [];

/** What happens to the value a call (finally, after `await`) gives; a component's markup has no uses of its own. */
export function usageOfCall(context: SourceContext, call: CallNode): Usage {
  const { parent } = wrapped(call);
  if (isExpressionStatement(parent) || isDecorator(parent) || isJsxElement(call) || isJsxSelfClosingElement(call))
    return UNUSED;
  return traceValue(context, lookAround, (trace) => trace.follow(call, WHOLE));
}

/** What a function does with an argument; signatures without a body use nothing. */
export function usageOfParameter(context: SourceContext, parameter: ts.ParameterDeclaration): Usage {
  if (!isFunctionNode(parameter.parent)) return UNUSED;
  return traceValue(context, lookAround, (trace) => {
    bindName(trace, parameter.name, WHOLE);
    const isProperty =
      isConstructorDeclaration(parameter.parent) && parameter.modifiers !== undefined && isIdentifier(parameter.name);
    if (isProperty) trace.escape(parameter.name, WHOLE, 'stored');
  });
}
