import type { Value } from '#syntax/values.ts';
import { inheritedMiddleware } from '../inheritedMiddleware.ts';
import { type EntryPoint, type FunctionNode, functionId, type ProjectGraph } from '../projectGraph.ts';

/** Functions of the project that run before a handler, in order: middleware of the routers it is hung on, and of its own registration. */
export function middlewareOf(graph: ProjectGraph, entry: EntryPoint): readonly FunctionNode[] {
  const inherited = inheritedMiddleware(graph, entry);
  const own = entry.fact.wrappers.map((name) => ({ file: entry.file, name }));
  const found = [...inherited.named, ...own].flatMap(({ file, name }) => {
    const value = named(graph, file, name);
    return value ? functionOf(graph, file, value) : [];
  });
  return [...new Set([...inherited.functions, ...found])].filter((node) => node !== entry.handler);
}

/** What a name at the top of a file stands for. */
function named(graph: ProjectGraph, file: string, dotted: string): Value | null {
  const facts = graph.files.get(file);
  const [name = '', ...path] = dotted.split('.');
  const span = { start: 0, end: 0 };
  const refer = (root: Extract<Value, { kind: 'reference' }>['to']['root']): Value => ({
    kind: 'reference',
    to: { root, path },
    span,
  });
  const imported = facts?.imports.findIndex(({ local }) => local === name) ?? -1;
  if (imported >= 0) return refer({ kind: 'import', import: imported });
  const declared = facts?.functions.find((each) => each.name === name && each.parent === 0);
  if (declared) return refer({ kind: 'function', function: declared.index });
  const variable = facts?.variables.find((each) => each.name === name && each.function === 0);
  return variable ? refer({ kind: 'variable', variable: variable.index }) : null;
}

/** The function itself, or the one handed to what makes middleware of it: `createMiddleware(async (c, next) => …)`. */
function functionOf(graph: ProjectGraph, file: string, value: Value): FunctionNode[] {
  const known = graph.resolve(file, value);
  if (known.value.kind === 'function') return [graph.function(functionId(known.file, known.value.function))];
  if (known.value.kind === 'reference' && known.value.to.root.kind === 'function' && known.value.to.path.length === 0)
    return [graph.function(functionId(known.file, known.value.to.root.function))];
  if (known.value.kind !== 'call') return [];
  const call = graph.files.get(known.file)?.calls[known.value.call];
  return (call?.arguments ?? []).flatMap((given) =>
    given.kind === 'function' ? [graph.function(functionId(known.file, given.function))] : [],
  );
}
