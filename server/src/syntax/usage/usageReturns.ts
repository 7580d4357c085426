import type { ts } from 'ts-morph';
import { findAncestor, isCallExpression } from '../compiler.ts';
import { type Iteration, iterationOf } from '../loops/loopCalls.ts';
import { type FunctionNode, isFunctionNode, unwrap, wrapped } from '../nodeKinds.ts';
import { lastNameOf } from '../nodeNames.ts';
import { bindName } from './usageBindings.ts';
import { ELEMENT, type Part, reordered, wrap } from './usageParts.ts';
import { returnFrom, type Trace } from './usageTrace.ts';

/** A function gives the value back: into the call that runs it in place, or to callers looked for later. */
export function giveBack(trace: Trace, node: ts.Node, part: Part): void {
  const owner = findAncestor(node.parent, isFunctionNode);
  if (owner === undefined) return;
  const outer = wrapped(owner);
  const call = outer.parent;
  if (isCallExpression(call) && givesToCall(trace, call, owner, outer, node, part)) return;
  returnFrom(trace, node, part, trace.context.functionIndexOf(owner) ?? 0);
}

function givesToCall(
  trace: Trace,
  call: ts.CallExpression,
  owner: FunctionNode,
  outer: ts.Node,
  node: ts.Node,
  part: Part,
): boolean {
  if (call.expression === outer) {
    trace.follow(call, part);
    return true;
  }
  const iteration = iterationOf(call);
  if (iteration && unwrap(iteration.callback) === owner) {
    giveResult(trace, call, iteration, owner, node, part);
    return true;
  }
  return givesToMethod(trace, call, node, part);
}

function givesToMethod(trace: Trace, call: ts.CallExpression, node: ts.Node, part: Part): boolean {
  switch (lastNameOf(call.expression)) {
    case 'then':
    case 'catch':
    case '$transaction':
      trace.follow(call, part);
      return true;
    case 'finally':
      return true;
    default:
      if (!isKeyCallback(call)) return false;
      trace.read(node, part);
      return true;
  }
}

const KEYED =
  /^(sort|toSorted|groupBy|sortBy|orderBy|keyBy|uniqBy|uniqueBy|countBy|maxBy|minBy|sumBy|meanBy|indexBy|partition)$/;

/** What the callback gives only orders, groups or tells apart. */
function isKeyCallback(call: ts.CallExpression): boolean {
  return KEYED.test(lastNameOf(call.expression));
}

function giveResult(
  trace: Trace,
  call: ts.CallExpression,
  { gives }: Iteration,
  owner: FunctionNode,
  node: ts.Node,
  part: Part,
): void {
  switch (gives) {
    case 'results':
      trace.follow(call, wrap(part, ELEMENT));
      return;
    case 'flat-results':
      trace.follow(call, reordered(part));
      trace.follow(call, wrap(part, ELEMENT));
      return;
    case 'accumulator': {
      const accumulator = 'parameters' in owner ? owner.parameters[0] : undefined;
      if (accumulator) bindName(trace, accumulator.name, part);
      trace.follow(call, part);
      return;
    }
    default:
      trace.test(node, part);
      return;
  }
}
