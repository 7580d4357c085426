import type { ts } from 'ts-morph';
import type { CallNode } from './nodeKinds.ts';
import type { SourceContext } from './sourceContext.ts';
import type { Usage } from './usage.ts';

/** What happens to the value a call (finally, after `await`) gives. */
export function usageOfCall(_context: SourceContext, _call: CallNode): Usage {
  return [];
}

/** What a function does with an argument. */
export function usageOfParameter(_context: SourceContext, _parameter: ts.ParameterDeclaration): Usage {
  return [];
}
