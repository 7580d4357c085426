import type { ProjectGraph, ResolvedValue } from '#graph/projectGraph.ts';

/**
 * Which of several names an expression ends in, as members of Prisma's namespace and of enums do: `Prisma.SortOrder.desc`,
 * `$Enums.Role.ADMIN`, an imported `JsonNull`; null for any other value.
 */
export function memberNamed<Name extends string>(
  graph: ProjectGraph,
  { file, value }: ResolvedValue,
  names: readonly Name[],
): Name | null {
  if (value.kind !== 'reference') return null;
  const { root, path } = value.to;
  const imported = root.kind === 'import' ? graph.files.get(file)?.imports[root.import]?.name : undefined;
  const last = path.at(-1) ?? imported;
  return names.find((name) => name === last) ?? null;
}
