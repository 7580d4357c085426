import type { ts } from 'ts-morph';
import {
  isCallExpression,
  isForOfStatement,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
} from '../compiler.ts';
import type { CallFact, LoopFact } from '../facts.ts';
import { isFunctionNode, unwrap } from '../nodeKinds.ts';
import type { SourceContext } from '../sourceContext.ts';
import type { TurnFact } from '../turnFact.ts';
import { isAlone, isGuarded, isOptional, isTested, isTried, isUnsteady, preludeOf } from './turnBody.ts';
import { asyncWordOf, elementOf, innerNames, isPlain } from './turnNames.ts';
import type { TurnNodes } from './turnNodes.ts';
import { beforeLoop, declarationOf, loopStatement, promiseAll, slotOf } from './turnPlaces.ts';

/** Requests in loops; judged by their form, as this layer knows no schema. */
export function extractTurns(
  context: SourceContext,
  calls: readonly CallFact[],
  loops: readonly LoopFact[],
): readonly TurnFact[] {
  const callbacks = new Map(loops.flatMap((loop) => (loop.body === null ? [] : [[loop.body, loop] as const])));
  return calls.flatMap((fact) => {
    const call = context.nodes.calls[fact.index];
    const loop = loops[fact.loops.at(-1) ?? -1] ?? callbacks.get(fact.function);
    if (!loop || !call || !isRequest(call)) return [];
    const nodes = turnNodes(context, call, loop);
    return nodes ? [turnFact(context, nodes, fact, loop)] : [];
  });
}

function isRequest(node: ts.Node): node is ts.CallExpression {
  if (!isCallExpression(node) || node.arguments.length !== 1) return false;
  const [argument] = node.arguments;
  return (
    clientOf(node) !== null &&
    argument !== undefined &&
    isObjectLiteralExpression(argument) &&
    argument.properties.some(({ name }) => name !== undefined && /^['"]?(where|data)['"]?$/.test(name.getText()))
  );
}

function clientOf(call: ts.CallExpression): ts.Expression | null {
  const { expression } = call;
  if (!isPropertyAccessExpression(expression) || !isPropertyAccessExpression(expression.expression)) return null;
  const optional = expression.questionDotToken ?? expression.expression.questionDotToken;
  return optional === undefined ? expression.expression.expression : null;
}

function turnNodes(context: SourceContext, call: ts.CallExpression, fact: LoopFact): TurnNodes | null {
  if (fact.call === null) {
    const loop = context.nodes.loops[fact.index];
    return loop ? { call, loop, callback: null } : null;
  }
  const loop = context.nodes.calls[fact.call];
  const callback = context.nodes.functions[fact.body ?? -1];
  return loop && isCallExpression(loop) && callback && isFunctionNode(callback) ? { call, loop, callback } : null;
}

function turnFact(context: SourceContext, nodes: TurnNodes, fact: CallFact, loop: LoopFact): TurnFact {
  const { call } = nodes;
  const client = clientOf(call) ?? call;
  const slot = slotOf(nodes);
  const over = overOf(nodes);
  const all = promiseAll(nodes);
  return {
    call: fact.index,
    loop: loop.index,
    client: context.spanOf(client),
    slot: slot && context.spanOf(slot),
    tested: slot !== null && isTested(slot),
    declares: slot && declarationOf(context, slot),
    ...elementOf(context, nodes),
    plainOver: over !== null && isPlain(over),
    inner: innerNames(context, nodes),
    unsteady: isUnsteady(call),
    optional: isOptional(call),
    guarded: isGuarded(nodes),
    tried: isTried(nodes),
    alone: slot !== null && isAlone(context, nodes, slot),
    prelude: slot && preludeOf(context, nodes, slot),
    before: beforeLoop(context, nodes),
    statement: loopStatement(context, nodes),
    all: all && { span: context.spanOf(all.node), awaited: all.awaited },
    asyncWord: slot && asyncWordOf(context, nodes, slot),
  };
}

function overOf({ loop, callback }: TurnNodes): ts.Expression | null {
  if (callback === null) return isForOfStatement(loop) ? loop.expression : null;
  if (!isCallExpression(loop)) return null;
  const callee = unwrap(loop.expression);
  return isPropertyAccessExpression(callee) ? callee.expression : null;
}
