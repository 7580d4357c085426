import { loopTurns } from '../loops/loopTurns.ts';
import type { EdgeLoop, ProjectGraph } from '../projectGraph.ts';
import { rowsOf } from '../relations.ts';
import type { CostLoop } from './cost.ts';

/** The loop as it counts; null where it repeats nothing. */
export function costLoop(graph: ProjectGraph, edge: EdgeLoop, file: string): CostLoop | null {
  const { loop, file: body, over } = edge;
  const turns = loopTurns(graph, edge, file);
  if (!turns) return null;
  const rows = rowsOf(graph, file, over);
  return {
    ...{ file: body, loop, over, rows },
    key: rows ? `rows ${rows.id}` : `${body}#${loop.index}`,
    ...{ turns: turns.written, most: turns.most },
  };
}
