import type { ProjectGraph } from '#graph/projectGraph.ts';
import type { Location, Range } from '#shared/location.ts';
import type { Workspace } from '#workspace/workspace.ts';
import { lineStartsOf, toRange } from './textPosition.ts';

/** Turns spans into lines and columns: from the facts of parsed files, from the text of schemas and SQL. */
export function textPlaces(graph: ProjectGraph, workspace: Workspace): (at: Location) => Range {
  const known = new Map<string, readonly number[]>();
  return ({ file, span }) => {
    const starts = graph.files.get(file)?.lineStarts ?? known.get(file) ?? lineStartsOf(workspace.read(file) ?? '');
    known.set(file, starts);
    return toRange(span, starts);
  };
}
