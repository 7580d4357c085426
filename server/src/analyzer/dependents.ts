import { functionId, type ProjectGraph } from '#graph/projectGraph.ts';

/** Files whose types may change with those of a few others, because they call what stands in them: the first so many, in order of name. */
export function dependentsOf(graph: ProjectGraph, files: readonly string[], most = 10): readonly string[] {
  const callers = files.flatMap((file) => {
    const functions = graph.files.get(file)?.functions ?? [];
    return functions.flatMap(({ index }) =>
      graph.callers(functionId(file, index)).map(({ from }) => graph.function(from).file),
    );
  });
  return [...new Set(callers)]
    .filter((file) => !files.includes(file))
    .sort()
    .slice(0, most);
}
