import type { Value } from '#syntax/values.ts';
import type { ProjectGraph, ResolvedValue } from '../projectGraph.ts';
import { makerOf } from './makers.ts';
import { optionsOf } from './options.ts';

/** It is made by Prisma's makers of SQL objects, on one way at least. */
export function isFragment(graph: ProjectGraph, from: ResolvedValue, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const assigned = assignedTo(graph, from);
  if (assigned.length > 0) return assigned.some((each) => isFragment(graph, each, depth + 1));
  const known = graph.resolve(from.file, from.value);
  if (makerOf(graph, known) || isTypedFragment(graph, known)) return true;
  return optionsOf(graph, known)?.values.some((option) => isFragment(graph, option, depth + 1)) ?? false;
}

const MAX_DEPTH = 6;

function assignedTo(graph: ProjectGraph, { file, value }: ResolvedValue): readonly ResolvedValue[] {
  if (value.kind !== 'reference' || value.to.root.kind !== 'variable' || value.to.path.length > 0) return [];
  const variable = graph.files.get(file)?.variables[value.to.root.variable];
  const writes = variable?.writes.filter(({ path }) => path.length === 0) ?? [];
  if (!variable || writes.length === 0) return [];
  const init: readonly Value[] = variable.init ? [variable.init] : [];
  return [...init, ...writes.map((write) => write.value)].map((each) => ({ file, value: each }));
}

/** A parameter or variable declared as `Prisma.Sql`. */
export function isTypedFragment(graph: ProjectGraph, { file, value }: ResolvedValue): boolean {
  if (value.kind !== 'reference' || value.to.path.length > 0) return false;
  const { root } = value.to;
  const facts = graph.files.get(file);
  if (root.kind === 'parameter') {
    const type = facts?.functions[root.function]?.parameters[root.index]?.typeName;
    return type === 'Prisma.Sql' || type === 'Sql';
  }
  const type = root.kind === 'variable' ? facts?.variables[root.variable]?.typeName : null;
  return type === 'Prisma.Sql' || type === 'Sql';
}
