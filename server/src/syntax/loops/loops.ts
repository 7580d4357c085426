import type { ts } from 'ts-morph';
import {
  isAwaitExpression,
  isCallExpression,
  isDoStatement,
  isForInStatement,
  isForOfStatement,
  isForStatement,
  isPropertyAccessExpression,
  isWhileStatement,
  isYieldExpression,
  SyntaxKind,
} from '../compiler.ts';
import { someWithin } from '../expressions.ts';
import type { LoopFact } from '../facts.ts';
import { type LoopStatement, unwrap } from '../nodeKinds.ts';
import type { SourceContext } from '../sourceContext.ts';
import { type Iteration, iterationOf } from './loopCalls.ts';
import { lastWaits } from './loopExits.ts';
import { shapeOfIteration, shapeOfStatement } from './loopShape.ts';

/** Loop statements first, so that their indices are those of {@link SourceContext.loopIndexOf}; then calls that run a callback per element. */
export function extractLoops(context: SourceContext): readonly LoopFact[] {
  const found: LoopFact[] = context.nodes.loops.map((loop, index) => statementLoop(context, loop, index));
  for (const call of context.nodes.calls) {
    const iteration = isCallExpression(call) ? iterationOf(call) : null;
    if (iteration) found.push(callbackLoop(context, call as ts.CallExpression, iteration, found.length));
  }
  return found;
}

function statementLoop(context: SourceContext, loop: LoopStatement, index: number): LoopFact {
  const over = overOf(loop);
  return {
    index,
    kind: kindOf(loop),
    span: context.spanOf(loop),
    header: { start: loop.getStart(context.sourceFile), end: headerEnd(loop, context.sourceFile) },
    function: context.functionOf(loop),
    loops: context.loopsAround(loop),
    call: null,
    body: null,
    over: over && context.valueOf(over),
    overText: over && shortText(over, context.sourceFile),
    shape: shapeOfStatement(context.scopes, loop),
    lastCalls: lastCallsOf(context, loop),
    concurrent: startsAllAtOnce(loop),
  };
}

function callbackLoop(context: SourceContext, call: ts.CallExpression, iteration: Iteration, index: number): LoopFact {
  const { over, callback, concurrent } = iteration;
  return {
    index,
    kind: 'callback',
    span: context.spanOf(call),
    header: { start: call.getStart(context.sourceFile), end: call.expression.end },
    function: context.functionOf(call),
    loops: context.loopsAround(call),
    call: context.callIndexOf(call),
    body: context.functionIndexOf(unwrap(callback)),
    over: over && context.valueOf(over),
    overText: over && shortText(over, context.sourceFile),
    shape: shapeOfIteration(context.scopes, call, iteration),
    lastCalls: [],
    concurrent,
  };
}

function lastCallsOf(context: SourceContext, loop: LoopStatement): readonly number[] {
  const found: number[] = [];
  for (const wait of lastWaits(loop.statement))
    someWithin(wait, (node) => {
      const index = isCallExpression(node) ? context.callIndexOf(node) : null;
      if (index !== null) found.push(index);
      return false;
    });
  return found;
}

function kindOf(loop: LoopStatement): LoopFact['kind'] {
  switch (loop.kind) {
    case SyntaxKind.ForStatement:
      return 'for';
    case SyntaxKind.ForInStatement:
      return 'for-in';
    case SyntaxKind.WhileStatement:
      return 'while';
    case SyntaxKind.DoStatement:
      return 'do-while';
    default:
      return (loop as ts.ForOfStatement).awaitModifier ? 'for-await' : 'for-of';
  }
}

/** Up to the closing parenthesis; a `do` has only its word in front. */
function headerEnd(loop: LoopStatement, file: ts.SourceFile): number {
  if (isDoStatement(loop)) return loop.getStart(file) + 'do'.length;
  const last = isForStatement(loop) ? (loop.incrementor ?? loop.condition ?? loop.initializer) : loop.expression;
  const close = file.text.indexOf(')', last ? last.end : loop.getStart(file));
  return close >= 0 && close < loop.statement.getStart(file) ? close + 1 : loop.statement.pos;
}

function overOf(loop: LoopStatement): ts.Expression | null {
  if (isForOfStatement(loop) || isForInStatement(loop)) return loop.expression;
  const condition = isForStatement(loop) ? loop.condition : loop.expression;
  return condition ? measuredList(condition) : null;
}

/** `xs` of `i < xs.length`. */
function measuredList(condition: ts.Expression): ts.Expression | null {
  let found: ts.Expression | null = null;
  someWithin(condition, (node) => {
    if (isPropertyAccessExpression(node) && node.name.text === 'length') found ??= node.expression;
    return found !== null;
  });
  return found;
}

/** Longest text that still reads as a name within a message. */
const NAME_LENGTH = 60;

function shortText(expression: ts.Expression, file: ts.SourceFile): string | null {
  const text = expression.getText(file).replace(/\s+/g, ' ');
  return text.length > NAME_LENGTH || text.includes('=>') || text.includes('{') ? null : text;
}

/** A loop without `await` in its turns starts all of its work in one tick: `for (const x of xs) work.push(load(x))`. */
function startsAllAtOnce(loop: LoopStatement): boolean {
  if (isWhileStatement(loop) || isDoStatement(loop)) return false;
  if (isForOfStatement(loop) && loop.awaitModifier) return false;
  return !someWithin(loop.statement, (node) => isAwaitExpression(node) || isYieldExpression(node));
}
