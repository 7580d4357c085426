import type { ts } from 'ts-morph';
import { isCallExpression, isPropertyAccessExpression } from '../compiler.ts';
import { unwrap } from '../nodeKinds.ts';
import type { SourceContext } from '../sourceContext.ts';

/** The call whose promise an `await` waits for, before `.catch(…)` or a fluent step; null for a promise that was started elsewhere. */
export function awaitedCall(context: SourceContext, { expression }: ts.AwaitExpression): number | null {
  const outer = unwrap(expression);
  if (!isCallExpression(outer)) return null;
  let call = outer;
  for (let inner = receiverCall(call); inner !== null; inner = receiverCall(call)) call = inner;
  return context.callIndexOf(call);
}

const PROMISE_STEPS = /^(then|catch|finally)$/;
const SINGLE = /^find(Unique|First)/;

/** The call before `.then`, or before a step along a relation. */
function receiverCall({ expression }: ts.CallExpression): ts.CallExpression | null {
  if (!isPropertyAccessExpression(expression)) return null;
  const receiver = unwrap(expression.expression);
  if (!isCallExpression(receiver)) return null;
  const before = isPropertyAccessExpression(receiver.expression) ? receiver.expression.name.text : '';
  return PROMISE_STEPS.test(expression.name.text) || SINGLE.test(before) ? receiver : null;
}
