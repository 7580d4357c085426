import { isInside } from '#graph/places.ts';
import type { EntryPoint, FunctionNode, ProjectGraph } from '#graph/projectGraph.ts';
import { functionId } from '#graph/projectGraph.ts';
import type { CallFact } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';

const MAX_DEPTH = 8;

/** Functions that run before the handler because they wrap it or stand beside it: wrappers, route middleware, procedure bases. */
export function functionsAround(graph: ProjectGraph, entry: EntryPoint): readonly FunctionNode[] {
  const found = new Map<string, FunctionNode>();
  const collect = collector(graph, entry, found);
  for (const call of callsAround(graph, entry)) collect.call(entry.file, call, 0);
  for (const node of [...found.values()])
    for (const callee of calleesOf(graph, node)) if (callee.id !== entry.handler.id) found.set(callee.id, callee);
  return [...found.values()].flatMap((node) => [node, ...innerFunctions(graph, node)]);
}

/** Wrappers made of other wrappers; what a wrapper is handed are other handlers. */
function calleesOf(graph: ProjectGraph, node: FunctionNode): readonly FunctionNode[] {
  return graph
    .callees(node.id)
    .filter(({ call }) => call.callee.root.kind !== 'parameter')
    .map(({ to }) => graph.function(to));
}

/** The calls the handler is given to, and those written around them or around the entry's name, with no function between. */
function callsAround(graph: ProjectGraph, entry: EntryPoint): readonly CallFact[] {
  const calls = graph.files.get(entry.file)?.calls ?? [];
  const given = calls.filter((call) => takesHandler(graph, entry, call));
  const around = calls.filter((call) => isInside(entry.fact.span, call.span));
  const innermost = [...given, ...around].reduce<CallFact | null>(
    (best, call) => (best && isInside(best.span, call.span) ? best : call),
    null,
  );
  if (!innermost) return [];
  return calls.filter((call) => call.function === innermost.function && isInside(innermost.span, call.span));
}

function takesHandler(graph: ProjectGraph, { file, handler }: EntryPoint, call: CallFact): boolean {
  return call.arguments.some((given) => {
    if (given.kind === 'function') return handler.file === file && given.function === handler.fact.index;
    if (given.kind !== 'reference') return false;
    const { file: home, value } = graph.resolve(file, given);
    return value.kind === 'function' && home === handler.file && value.function === handler.fact.index;
  });
}

interface Collector {
  call(file: string, call: CallFact, depth: number): void;
  value(file: string, given: Value, depth: number): void;
}

function collector(graph: ProjectGraph, entry: EntryPoint, found: Map<string, FunctionNode>): Collector {
  const add = (node: FunctionNode): void => {
    if (node.id !== entry.handler.id) found.set(node.id, node);
  };
  const collect: Collector = {
    call(file, call, depth) {
      if (depth > MAX_DEPTH) return;
      for (const target of graph.targets(file, call.index)) add(target);
      for (const argument of call.arguments) collect.value(file, argument, depth + 1);
      const { root, path } = call.callee;
      const before = root.kind === 'call' ? graph.files.get(file)?.calls[root.call] : undefined;
      if (before) collect.call(file, before, depth + 1);
      else if (path.length > 0)
        collect.value(file, { kind: 'reference', to: { root, path: [] }, span: call.span }, depth + 1);
    },
    value(file, given, depth) {
      if (depth > MAX_DEPTH) return;
      const resolved = graph.resolve(file, given);
      if (resolved.value.kind === 'function') add(graph.function(functionId(resolved.file, resolved.value.function)));
      if (resolved.value.kind === 'array')
        for (const item of resolved.value.items) collect.value(resolved.file, item, depth + 1);
      const made =
        resolved.value.kind === 'call' ? graph.files.get(resolved.file)?.calls[resolved.value.call] : undefined;
      if (made) collect.call(resolved.file, made, depth + 1);
    },
  };
  return collect;
}

/** What a wrapper gives back is written inside it. */
function innerFunctions(graph: ProjectGraph, node: FunctionNode, depth = 0): readonly FunctionNode[] {
  if (depth > 2 || node.fact.index === 0) return [];
  return node.facts.functions
    .filter((inner) => inner.parent === node.fact.index)
    .map((inner) => graph.function(functionId(node.file, inner.index)))
    .flatMap((inner) => [inner, ...innerFunctions(graph, inner, depth + 1)]);
}
