import type { CallFact } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';
import { type EdgeLoop, functionId, type ProjectGraph, type QuerySite } from '../projectGraph.ts';
import { argument } from '../queryArgs.ts';

/** How many turns a loop may take, as far as the program tells. */
export type Bound =
  | { readonly kind: 'unbounded' }
  /** At most so many elements. */
  | { readonly kind: 'few'; readonly size: number; readonly why: string }
  /** Leaves at the first fitting answer. */
  | { readonly kind: 'search' }
  /** A `while` nothing is known of. */
  | { readonly kind: 'unknown' }
  /** Pages, chunks, attempts, waiting: its turns are not elements. */
  | { readonly kind: 'not-per-element'; readonly why: string };

const UNBOUNDED: Bound = { kind: 'unbounded' };

/** Weighs a loop by its shape and, across files, by what it goes over. */
export function boundOf(graph: ProjectGraph, edge: EdgeLoop, file: string): Bound {
  const { shape } = edge.loop;
  switch (shape.kind) {
    case 'literal':
    case 'counted':
      return { kind: 'few', size: shape.size, why: 'it goes over a fixed list' };
    case 'each': {
      const size = edge.over ? sizeOf(graph, file, edge.over, 0) : null;
      return size === null ? UNBOUNDED : { kind: 'few', size, why: 'what it goes over is short' };
    }
    case 'search':
      return { kind: 'search' };
    case 'unknown':
      return { kind: 'unknown' };
    default:
      return { kind: 'not-per-element', why: shape.why };
  }
}

/** Longest way through names and calls from a loop to what it goes over. */
const MAX_DEPTH = 6;

/** An upper bound of the number of elements, or null when none can be told. */
function sizeOf(graph: ProjectGraph, file: string, value: Value, depth: number): number | null {
  if (depth > MAX_DEPTH) return null;
  const known = graph.resolve(file, value);
  const next = (inner: Value): number | null => sizeOf(graph, known.file, inner, depth + 1);
  switch (known.value.kind) {
    case 'array':
      return arraySize(known.value.items, next);
    case 'object':
      return known.value.properties.every((p) => p.kind === 'property') ? known.value.properties.length : null;
    case 'choice':
      return largest(known.value.options.map((option) => (option.kind === 'undefined' ? 0 : next(option))));
    case 'call':
      return callSize(graph, known.file, known.value.call, depth + 1);
    case 'reference':
      return referenceSize(graph, known.file, known.value.to, depth + 1);
    case 'literal':
      return typeof known.value.value === 'number' ? known.value.value : null;
    default:
      return null;
  }
}

function arraySize(items: readonly Value[], size: (value: Value) => number | null): number | null {
  let total = 0;
  for (const item of items) {
    const part = item.kind === 'spread' ? size(item.value) : 1;
    if (part === null) return null;
    total += part;
  }
  return total;
}

function largest(sizes: readonly (number | null)[]): number | null {
  return sizes.includes(null) ? null : Math.max(0, ...sizes.map(Number));
}

/** Methods that give at most as many elements as their receiver has. */
const SHRINKING = new Set([
  'filter',
  'map',
  'sort',
  'toSorted',
  'reverse',
  'toReversed',
  'slice',
  'values',
  'keys',
  'entries',
  'splice',
  'then',
]);

function callSize(graph: ProjectGraph, file: string, index: number, depth: number): number | null {
  const call = graph.files.get(file)?.calls[index];
  if (!call || depth > MAX_DEPTH) return null;
  const site = graph.siteAt(file, index);
  if (site) return site.operation === 'findMany' ? takeOf(graph, site) : null;
  const method = call.callee.path.at(-1) ?? '';
  if (method === 'slice' && call.arguments.length === 2) return sliceSize(graph, file, call);
  if (isObjectListing(call)) return listingSize(graph, file, call, depth);
  if (isEnvironmentList(graph, file, call)) return 1;
  if (!SHRINKING.has(method)) return null;
  return referenceSize(graph, file, { root: call.callee.root, path: call.callee.path.slice(0, -1) }, depth + 1);
}

function sliceSize(graph: ProjectGraph, file: string, call: CallFact): number | null {
  const [from, to] = call.arguments.map((argument) => numberOf(graph, file, argument));
  return typeof from === 'number' && typeof to === 'number' && from >= 0 && to >= from ? to - from : null;
}

/** `Object.values(X)`, `Object.keys(X)`, `Object.entries(X)`, `Array.from(X)`, `new Set(X)`. */
function isObjectListing(call: CallFact): boolean {
  const { root, path } = call.callee;
  if (root.kind !== 'global') return false;
  const name = [root.name, ...path].join('.');
  return /^(Object\.(values|keys|entries)|Array\.from|Set|Promise\.all)$/.test(name);
}

/** Members an enum of the schema may have and still be a short list. */
const ENUM_SIZE = 20;

function listingSize(graph: ProjectGraph, file: string, call: CallFact, depth: number): number | null {
  const [of] = call.arguments;
  if (!of) return null;
  if (of.kind === 'reference' && of.to.root.kind === 'import') {
    const name = of.to.path.at(-1) ?? graph.files.get(file)?.imports[of.to.root.import]?.name ?? '';
    const found = graph.schemas.map((schema) => schema.enums.get(name)).find((each) => each !== undefined);
    if (found) return Math.min(found.values.length, ENUM_SIZE);
  }
  return sizeOf(graph, file, of, depth + 1);
}

/** `process.env.ADMINS.split(',')`: as long as somebody cares to type. */
function isEnvironmentList(graph: ProjectGraph, file: string, call: CallFact): boolean {
  if (call.callee.path.at(-1) !== 'split') return false;
  const { root, path } = call.callee;
  if (root.kind === 'global') return root.name === 'process' && path[0] === 'env';
  if (root.kind !== 'import') return false;
  const specifier = graph.files.get(file)?.imports[root.import]?.specifier ?? '';
  return /(^|\/)(env|config)(\.\w+)?$/.test(specifier);
}

function referenceSize(graph: ProjectGraph, file: string, to: Reference, depth: number): number | null {
  if (depth > MAX_DEPTH) return null;
  if (to.root.kind === 'global' && to.root.name === 'process') return 1;
  if (to.root.kind === 'call' && to.path.length === 0) return callSize(graph, file, to.root.call, depth + 1);
  if (to.root.kind === 'parameter' && to.path.length === 0) return argumentSize(graph, file, to, depth);
  if (to.root.kind === 'variable' || to.root.kind === 'import') {
    const span = { start: 0, end: 0 };
    const known = graph.resolve(file, { kind: 'reference', to, span });
    if (known.value.kind !== 'reference') return sizeOf(graph, known.file, known.value, depth + 1);
  }
  return null;
}

/** All callers hand over something short. */
function argumentSize(graph: ProjectGraph, file: string, to: Reference, depth: number): number | null {
  if (to.root.kind !== 'parameter') return null;
  const { index } = to.root;
  const fact = graph.files.get(file)?.functions[to.root.function];
  if (!fact || fact.argumentOf) return null;
  const calls = graph.callsTo(functionId(file, to.root.function));
  if (calls.length === 0) return null;
  return largest(
    calls.map(({ file: from, call }) => {
      const argument = call.arguments[index];
      return argument && argument.kind !== 'spread' ? sizeOf(graph, from, argument, depth + 2) : null;
    }),
  );
}

/** The number `take` limits a list query to, when it is written down. */
export function takeOf(graph: ProjectGraph, site: QuerySite): number | null {
  const take = argument(graph, site, 'take');
  const size = take ? numberOf(graph, take.file, take.value) : null;
  return size === null ? null : Math.abs(size);
}

/** A number written down, also as a constant of another file or the cap of a `Math.min`. */
function numberOf(graph: ProjectGraph, file: string, value: Value): number | null {
  const known = graph.resolve(file, value);
  if (known.value.kind === 'literal') return typeof known.value.value === 'number' ? known.value.value : null;
  if (known.value.kind === 'unary' && known.value.operator === '-') {
    const size = numberOf(graph, known.file, known.value.operand);
    return size === null ? null : -size;
  }
  if (known.value.kind !== 'call') return null;
  const call = graph.files.get(known.file)?.calls[known.value.call];
  if (call?.callee.root.kind !== 'global' || call.callee.root.name !== 'Math' || call.callee.path[0] !== 'min')
    return null;
  const caps = call.arguments.map((argument) => numberOf(graph, known.file, argument)).filter((cap) => cap !== null);
  return caps.length > 0 ? Math.min(...caps) : null;
}
