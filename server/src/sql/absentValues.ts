import type { ProjectGraph, ResolvedValue } from '#graph/projectGraph.ts';
import type { AbsentFact } from '#syntax/absentFact.ts';

/** Whether a parameter, or what is read of one, may be undefined or null by its written type; null where it always is there. */
export function mayBeAbsent(graph: ProjectGraph, { file, value }: ResolvedValue): AbsentFact | null {
  if (value.kind !== 'reference' || value.to.root.kind !== 'parameter') return null;
  const { root, path } = value.to;
  const parameter = graph.files.get(file)?.functions[root.function]?.parameters[root.index];
  const found = parameter?.absent.filter(({ path: part }) => part.every((step, index) => path[index] === step)) ?? [];
  const exact = found.find((each) => each.path.length === path.length);
  const above = found.some((each) => each.path.length < path.length);
  return above ? { path, undefined: true, null: exact?.null ?? false } : (exact ?? null);
}
