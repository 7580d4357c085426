import type { LoopFact } from '#syntax/facts.ts';
import type { EdgeLoop, ProjectGraph } from '../projectGraph.ts';
import { boundOf } from './loopBound.ts';

/** How often a loop runs its body, as far as the code says. */
export interface LoopTurns {
  /** Its number of turns, where it is written down. */
  readonly written: number | null;
  /** At most so many, where something caps them. */
  readonly most: number | null;
}

/** Null where the loop repeats nothing: attempts, waiting, a single turn. */
export function loopTurns(graph: ProjectGraph, loop: EdgeLoop, file: string): LoopTurns | null {
  const bound = boundOf(graph, loop, file);
  if (bound.kind === 'not-per-element' && !goesOn(loop.loop)) return null;
  const most = bound.kind === 'few' ? bound.size : null;
  if (most !== null && most <= 1) return null;
  return { written: isFixed(loop.loop) ? most : null, most };
}

/** Its length is written down; of what is merely capped, only the cap is known. */
function isFixed({ shape }: LoopFact): boolean {
  return shape.kind === 'literal' || shape.kind === 'counted';
}

/** Pages and chunks come again and again; attempts and waiting are not counted. */
function goesOn({ shape }: LoopFact): boolean {
  return shape.kind === 'pages' || shape.kind === 'chunks';
}
