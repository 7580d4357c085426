import type { Value } from '#syntax/values.ts';
import { callIndex } from './callIndex.ts';
import type { ProjectGraph, ResolvedValue } from './projectGraph.ts';

/** One element of a list, or what stands for many alike. */
export interface ListElement {
  readonly value: ResolvedValue;
  /** Not there on some way. */
  readonly optional: boolean;
  /** `value` is itself a list that is not known, all of which belongs here. */
  readonly list: boolean;
  /** `value` is what a callback gives for each element of another list. */
  readonly each: boolean;
}

/** The elements of a list that is written down, filled with `push`, or made from another with `map`; null for any other. */
export function listElements(graph: ProjectGraph, from: ResolvedValue, depth = 0): readonly ListElement[] | null {
  if (depth > MAX_DEPTH) return null;
  const filled = filledList(graph, from, depth);
  if (filled) return filled;
  const { file, value } = graph.resolve(from.file, from.value);
  if (value.kind === 'array') return inArray(graph, file, value.items, depth);
  const call = callIndex(value);
  return call === null ? null : ofCall(graph, file, call, depth);
}

const MAX_DEPTH = 8;

function inArray(graph: ProjectGraph, file: string, items: readonly Value[], depth: number): readonly ListElement[] {
  return items.flatMap((item): readonly ListElement[] => {
    if (item.kind === 'spread') return spread(graph, { file, value: item.value }, depth);
    return [{ value: { file, value: item }, optional: false, list: false, each: false }];
  });
}

function spread(graph: ProjectGraph, list: ResolvedValue, depth: number): readonly ListElement[] {
  const { file, value } = graph.resolve(list.file, list.value);
  if (value.kind !== 'choice')
    return listElements(graph, list, depth + 1) ?? [{ value: list, optional: false, list: true, each: false }];
  return value.options.flatMap((option) =>
    option.kind === 'array'
      ? inArray(graph, file, option.items, depth).map((each) => ({ ...each, optional: true }))
      : [],
  );
}

/** `const parts = [a]; if (x) parts.push(b)`. */
function filledList(graph: ProjectGraph, { file, value }: ResolvedValue, depth: number): readonly ListElement[] | null {
  if (value.kind !== 'reference' || value.to.root.kind !== 'variable' || value.to.path.length > 0) return null;
  const variable = graph.files.get(file)?.variables[value.to.root.variable];
  const pushed = variable?.writes.filter(({ path }) => path.length === 1 && path[0] === '[]') ?? [];
  if (!variable || pushed.length === 0 || variable.writes.length > pushed.length) return null;
  const first = variable.init ? (listElements(graph, { file, value: variable.init }, depth + 1) ?? []) : [];
  const more = pushed.flatMap((write): readonly ListElement[] => {
    const items = write.value.kind === 'spread' ? spread(graph, { file, value: write.value.value }, depth) : null;
    if (items) return items.map((each) => ({ ...each, optional: each.optional || write.conditional }));
    return [{ value: { file, value: write.value }, optional: write.conditional, list: false, each: false }];
  });
  return [...first, ...more];
}

/** Methods that give some of the elements they are called on. */
const KEEPING: ReadonlySet<string> = new Set(['filter', 'slice', 'sort', 'toSorted', 'reverse', 'concat', 'flat']);

function ofCall(graph: ProjectGraph, file: string, index: number, depth: number): readonly ListElement[] | null {
  const call = graph.files.get(file)?.calls[index];
  const method = call?.callee.path.at(-1);
  if (!call || method === undefined) return null;
  const { root, path } = call.callee;
  if (KEEPING.has(method)) {
    const receiver: Value = { kind: 'reference', to: { root, path: path.slice(0, -1) }, span: call.span };
    return listElements(graph, { file, value: receiver }, depth + 1);
  }
  if (method !== 'map' && method !== 'flatMap') return null;
  const [callback] = call.arguments;
  const known = callback ? graph.resolve(file, callback) : null;
  if (known?.value.kind !== 'function') return null;
  const value = given(graph.files.get(known.file)?.functions[known.value.function]?.returns ?? []);
  const one = value && [{ value: { file: known.file, value }, optional: false, list: false, each: true }];
  if (method === 'map' || !value) return one;
  const several = listElements(graph, { file: known.file, value }, depth + 1);
  return several?.map((each) => ({ ...each, each: true })) ?? one;
}

/** What a callback gives; elements that are not there are filtered out later. */
function given(returns: readonly Value[]): Value | null {
  const options = returns.filter(
    (each) => each.kind !== 'undefined' && !(each.kind === 'literal' && each.value === null),
  );
  const [first] = options;
  if (!first || options.length === 1) return first ?? null;
  return { kind: 'choice', operator: '||', test: { kind: 'unknown', span: first.span }, options, span: first.span };
}
