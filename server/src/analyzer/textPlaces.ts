import type { ProjectGraph } from '#graph/projectGraph.ts';
import type { Location, Range } from '#shared/location.ts';
import type { Workspace } from '#workspace/workspace.ts';
import { lineStartsOf, toRange } from './textPosition.ts';

/** Turns spans into lines and columns: from the facts of parsed files, from the text of schemas and SQL. */
export function textPlaces(
  graph: ProjectGraph,
  workspace: Workspace,
  known: Map<string, readonly number[]> = new Map(),
): (at: Location) => Range {
  return ({ file, span }) => {
    const parsed = graph.files.get(file)?.lineStarts;
    const starts = parsed ?? known.get(file) ?? lineStartsOf(workspace.read(file) ?? '');
    if (!parsed) known.set(file, starts);
    return toRange(span, starts);
  };
}
