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

/** What a function gives at once where there is nothing to do, or a variable has before anything is put in, is not the usual way. */
export function somethingFirst(values: readonly ResolvedValue[]): readonly ResolvedValue[] {
  return values.toSorted((a, b) => Number(isNothing(a)) - Number(isNothing(b)));
}

function isNothing({ value }: ResolvedValue): boolean {
  if (value.kind === 'undefined') return true;
  if (value.kind === 'array') return value.items.length === 0;
  if (value.kind === 'object') return value.properties.length === 0;
  return value.kind === 'literal' && value.value === null;
}
