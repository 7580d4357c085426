import type { Usage, Use } from '#syntax/usage.ts';
import { type FunctionNode, functionId, type ProjectGraph, type QuerySite } from './projectGraph.ts';
import { isHandler } from './reach.ts';

/** Which parts of a query's result the program looks at; paths are field names, list elements left out. */
export interface FollowedUsage {
  readonly reads: readonly (readonly string[])[];
  /** Parts that leave what can be followed: anything below or above such a path may be read. */
  readonly escapes: readonly (readonly string[])[];
  /** Parts whose presence or number is looked at, which takes them but none of their columns. */
  readonly touched: readonly (readonly string[])[];
  /** Places where the number of the rows, or whether the list or one of its rows is there, is looked at. */
  readonly looks: readonly Look[];
  /** A row or a part of one was handed to a function, whether or not that reads it. */
  readonly handsOnRows: boolean;
}

/** One look at the result itself, through however many functions it came there. */
export interface Look {
  readonly file: string;
  readonly use: Extract<Use, { kind: 'length' | 'test' }>;
}

/** Most calls a value is followed through. */
const MAX_DEPTH = 5;

interface Following {
  readonly graph: ProjectGraph;
  readonly reads: string[][];
  readonly escapes: string[][];
  readonly touched: string[][];
  readonly looks: Look[];
  handsOnRows: boolean;
  /** All of it escapes, so that nothing more can be learnt. */
  lost: boolean;
  /** Parts that were followed into a usage. */
  readonly seen: Map<Usage, Set<string>>;
}

/** Follows a query's result through variables, calls, returns and props to every field read, until all of it escapes. */
export function followUsage(graph: ProjectGraph, site: QuerySite): FollowedUsage {
  const following: Following = {
    ...{ graph, reads: [], escapes: [], touched: [], looks: [] },
    ...{ handsOnRows: false, lost: false, seen: new Map() },
  };
  follow(following, site.file, site.call.usage, [], [], 0);
  const { reads, escapes, touched, looks, handsOnRows } = following;
  return { reads, escapes, touched, looks, handsOnRows };
}

/** `base` is the part of the result at hand; of `usage` only what happens at or around `within` concerns it. */
function follow(
  to: Following,
  file: string,
  usage: Usage,
  base: readonly string[],
  within: readonly string[],
  depth: number,
): void {
  for (const use of usage) {
    if (to.lost) return;
    const path = fields(use.path);
    const rest = below(path, within);
    if (rest === null) {
      const outer = below(within, path);
      if (outer !== null) record(to, file, use, base, outer, depth);
    } else record(to, file, use, [...base, ...rest], [], depth);
  }
}

/** `inside`: where in the used value the followed part sits, when the use takes hold of something around it. */
function record(
  to: Following,
  file: string,
  use: Use,
  part: readonly string[],
  inside: readonly string[],
  depth: number,
): void {
  switch (use.kind) {
    case 'read':
      if (inside.length > 0) return;
      if (part.length > 0) to.reads.push([...part]);
      else letGo(to, []);
      return;
    case 'test':
    case 'length':
      if (inside.length > 0) return;
      if (part.length > 0) to.touched.push([...part]);
      else to.looks.push({ file, use });
      return;
    case 'method':
      followMethod(to, file, use, part, inside, depth);
      return;
    case 'escape':
      letGo(to, part);
      return;
    case 'pass':
      to.handsOnRows ||= use.path.length > 0;
      followPass(to, file, use, part, [...fields(use.at), ...inside], depth);
      return;
    case 'return':
      followReturn(to, file, use, part, [...fields(use.at), ...inside], depth);
  }
}

function letGo(to: Following, part: readonly string[]): void {
  to.escapes.push([...part]);
  to.lost ||= part.length === 0;
}

/** Array methods whose result holds none of the elements. */
const CONSUMING = /^(map|flatMap|forEach|some|every)$/;

/** `rows.map(toLabel)`: the elements go to a function of the project. */
function followMethod(
  to: Following,
  file: string,
  use: Extract<Use, { kind: 'method' }>,
  part: readonly string[],
  inside: readonly string[],
  depth: number,
): void {
  const bodies = CONSUMING.test(use.name) && depth < MAX_DEPTH ? callbacksOf(to.graph, file, use.call) : [];
  if (bodies.length === 0) letGo(to, part);
  else for (const body of bodies) handTo(to, body, 0, part, inside, depth);
}

function callbacksOf(graph: ProjectGraph, file: string, index: number): readonly FunctionNode[] {
  const call = graph.files.get(file)?.calls[index];
  if (!call) return [];
  return graph
    .callees(functionId(file, call.function))
    .filter((edge) => edge.kind === 'callback' && edge.call.index === index)
    .map((edge) => graph.function(edge.to));
}

function handTo(
  to: Following,
  target: FunctionNode,
  position: number,
  part: readonly string[],
  within: readonly string[],
  depth: number,
): void {
  const parameter = target.fact.parameters[position];
  if (!parameter) return;
  if (parameter.rest) letGo(to, part);
  else if (enter(to, parameter.usage, part, within)) follow(to, target.file, parameter.usage, part, within, depth + 1);
}

function followPass(
  to: Following,
  file: string,
  use: Extract<Use, { kind: 'pass' }>,
  part: readonly string[],
  within: readonly string[],
  depth: number,
): void {
  const targets = to.graph.targets(file, use.call);
  if (targets.length === 0 || depth >= MAX_DEPTH) {
    letGo(to, part);
    return;
  }
  for (const target of targets) if (!to.lost) handTo(to, target, use.argument, part, within, depth);
}

function followReturn(
  to: Following,
  file: string,
  use: Extract<Use, { kind: 'return' }>,
  part: readonly string[],
  within: readonly string[],
  depth: number,
): void {
  const id = functionId(file, use.function);
  const results = depth >= MAX_DEPTH ? null : resultsOf(to.graph, to.graph.function(id));
  if (!results) {
    letGo(to, part);
    return;
  }
  for (const { file: from, call } of results) {
    if (to.lost) return;
    if (enter(to, call.usage, part, within)) follow(to, from, call.usage, part, within, depth + 1);
  }
}

/** Every place the function's result turns up, or null when somebody unknown may get it. */
function resultsOf(graph: ProjectGraph, node: FunctionNode): ReturnType<ProjectGraph['callsTo']> | null {
  if (isHandler(graph, node.id)) return null;
  if (node.fact.argumentOf) return transactionResult(node);
  if (graph.callers(node.id).some((edge) => edge.kind !== 'call')) return null;
  const calls = graph.callsTo(node.id);
  return calls.length > 0 ? calls : null;
}

/** `$transaction(async (tx) => …)` gives what its callback gives. */
function transactionResult(node: FunctionNode): ReturnType<ProjectGraph['callsTo']> | null {
  const call = node.facts.calls[node.fact.argumentOf?.call ?? -1];
  if (call?.callee.path.at(-1) !== '$transaction') return null;
  return [{ file: node.file, call }];
}

function enter(to: Following, usage: Usage, part: readonly string[], within: readonly string[]): boolean {
  if (usage.length === 0) return false;
  const parts = to.seen.get(usage) ?? new Set();
  to.seen.set(usage, parts);
  const before = parts.size;
  return parts.add(`${part.join('.')} ${within.join('.')}`).size > before;
}

function fields(path: readonly string[]): readonly string[] {
  return path.filter((step) => step !== '[]');
}

/** What is left of `path` behind `prefix`, null when it does not begin with it. */
function below(path: readonly string[], prefix: readonly string[]): readonly string[] | null {
  return prefix.every((step, index) => path[index] === step) ? path.slice(prefix.length) : null;
}
