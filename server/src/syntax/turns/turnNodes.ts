import type { ts } from 'ts-morph';
import type { FunctionNode, LoopStatement } from '../nodeKinds.ts';

/** What the facts of one turn are taken from. */
export interface TurnNodes {
  readonly call: ts.CallExpression;
  /** The loop statement, or the call that runs the callback. */
  readonly loop: LoopStatement | ts.CallExpression;
  /** The callback, null for statements. */
  readonly callback: FunctionNode | null;
}
