import { boundOf } from '../loops/loopBound.ts';
import type { EdgeLoop, ProjectGraph } from '../projectGraph.ts';
import { rowsOf } from '../relations.ts';
import type { CostLoop } from './cost.ts';

/** The loop as it counts; null where its turns are no elements: attempts, waiting, a single turn. */
export function costLoop(graph: ProjectGraph, { loop, file: body, over }: EdgeLoop, file: string): CostLoop | null {
  const bound = boundOf(graph, { loop, file: body, over }, file);
  const { kind } = loop.shape;
  if (bound.kind === 'not-per-element' && kind !== 'pages' && kind !== 'chunks') return null;
  const size = bound.kind === 'few' ? bound.size : null;
  if (size !== null && size <= 1) return null;
  const rows = rowsOf(graph, file, over);
  const isWritten = kind === 'literal' || kind === 'counted';
  return {
    ...{ file: body, loop, over, rows },
    key: rows ? `rows ${rows.id}` : `${body}#${loop.index}`,
    turns: isWritten ? size : null,
    most: size,
  };
}
