import type { Reference, Value } from '#syntax/values.ts';
import { functionId, type ProjectGraph, type ResolvedValue } from '../projectGraph.ts';
import { propertyOf } from '../queryArgs.ts';

/** What an expression may turn out to be; `open` where some of it is not known. */
export interface PossibleValues {
  readonly values: readonly ResolvedValue[];
  readonly open: boolean;
}

/** Names, choices, calls and parameters followed one inside the other. */
const MAX_DEPTH = 6;
/** More callers or branches than this say nothing definite. */
const MAX_VALUES = 12;

/** A search through functions that call each other in many ways has to end: what is left of its steps, shared by all its branches. */
export interface Steps {
  left: number;
}

/** In four projects 999 of 1,000 calls took fewer than 150, and the others up to 57,000. */
const MAX_STEPS = 1500;

/** A budget for one question. */
export function freshSteps(): Steps {
  return { left: MAX_STEPS };
}

const UNKNOWN: PossibleValues = { values: [], open: true };

/**
 * Every value an expression may have: the sides of a choice, what a project function returns, what callers hand in for a
 * parameter. A variable that is written into later stays a reference, so that its writes are seen by whoever reads its keys.
 */
export function possibleValues(graph: ProjectGraph, from: ResolvedValue, steps = freshSteps()): PossibleValues {
  return follow({ graph, steps }, from, 0);
}

interface Search {
  readonly graph: ProjectGraph;
  readonly steps: Steps;
}

function follow(search: Search, from: ResolvedValue, depth: number): PossibleValues {
  const { graph, steps } = search;
  if (depth > MAX_DEPTH || steps.left <= 0) return UNKNOWN;
  steps.left--;
  const assigned = assignedValues(graph, from);
  if (assigned) return joined(search, assigned, depth);
  if (isWrittenInto(graph, from)) return { values: [from], open: false };
  const known = graph.resolve(from.file, from.value);
  switch (known.value.kind) {
    case 'choice':
      return joined(search, inFile(known.file, known.value.options), depth);
    case 'call':
      return returnedBy(search, known.file, known.value.call, [], depth);
    case 'reference':
      return referredTo(search, known.file, known.value.to, depth) ?? { values: [known], open: true };
    default:
      return { values: [known], open: false };
  }
}

function joined(search: Search, options: readonly ResolvedValue[], depth: number): PossibleValues {
  if (options.length > MAX_VALUES) return UNKNOWN;
  const each = options.map((option) => follow(search, option, depth + 1));
  const values = each.flatMap((one) => one.values);
  return { values: values.slice(0, MAX_VALUES), open: values.length > MAX_VALUES || each.some((one) => one.open) };
}

function referredTo(search: Search, file: string, to: Reference, depth: number): PossibleValues | null {
  if (to.root.kind === 'call') return returnedBy(search, file, to.root.call, to.path, depth);
  if (to.root.kind === 'parameter') return handedIn(search, file, to.root.function, to.root.index, to.path, depth);
  return null;
}

function returnedBy(
  search: Search,
  file: string,
  call: number,
  path: readonly string[],
  depth: number,
): PossibleValues {
  const targets = search.graph.targets(file, call);
  const returned = targets.flatMap((target) => inFile(target.file, target.fact.returns));
  return returned.length === 0 ? UNKNOWN : partOf(search, joined(search, returned, depth), path, depth);
}

function handedIn(
  search: Search,
  file: string,
  index: number,
  parameter: number,
  path: readonly string[],
  depth: number,
): PossibleValues {
  const { graph } = search;
  const fact = graph.files.get(file)?.functions[index]?.parameters[parameter];
  const given: ResolvedValue[] = [];
  let open = fact === undefined || fact.rest;
  let omitted = false;
  for (const edge of graph.callers(functionId(file, index))) {
    const caller = graph.function(edge.from);
    if (caller.role !== 'app') continue;
    const value = edge.kind === 'call' ? edge.call.arguments[parameter] : undefined;
    if (value && value.kind !== 'spread') given.push({ file: caller.file, value });
    else if (edge.kind === 'call' && value === undefined && fact?.default) omitted = true;
    else open = true;
  }
  if (omitted && fact?.default) given.push({ file, value: fact.default });
  if (given.length === 0) return UNKNOWN;
  const all = partOf(search, joined(search, given, depth), path, depth);
  return open ? { ...all, open } : all;
}

function partOf(search: Search, whole: PossibleValues, path: readonly string[], depth: number): PossibleValues {
  const [key, ...rest] = path;
  if (key === undefined) return whole;
  const parts = whole.values.map((value) =>
    propertyOf(search.graph, search.graph.resolve(value.file, value.value), key),
  );
  const found = parts.filter((part) => part !== null);
  const next = joined(search, found, depth);
  const open = whole.open || next.open || found.length < parts.length;
  return partOf(search, { values: next.values, open }, rest, depth + 1);
}

/** `let where; if (mine) where = { … }; else where = { … }`: each assignment of the whole variable. */
function assignedValues(graph: ProjectGraph, { file, value }: ResolvedValue): readonly ResolvedValue[] | null {
  const variable = variableBehind(graph, file, value);
  const whole = (variable?.writes ?? []).filter((write) => write.path.length === 0);
  if (whole.length === 0) return null;
  const initial = variable?.init && variable.init.kind !== 'undefined' ? [variable.init] : [];
  return inFile(file, [...initial, ...whole.map((write) => write.value)]);
}

function isWrittenInto(graph: ProjectGraph, { file, value }: ResolvedValue): boolean {
  return (variableBehind(graph, file, value)?.writes.length ?? 0) > 0;
}

function variableBehind(graph: ProjectGraph, file: string, value: Value) {
  if (value.kind !== 'reference' || value.to.root.kind !== 'variable' || value.to.path.length > 0) return null;
  return graph.files.get(file)?.variables[value.to.root.variable] ?? null;
}

function inFile(file: string, values: readonly Value[]): readonly ResolvedValue[] {
  return values.map((value) => ({ file, value }));
}
