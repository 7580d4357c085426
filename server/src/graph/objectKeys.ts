import type { Property, Value } from '#syntax/values.ts';
import { freshSteps, possibleValues, type Steps } from './lookups/possibleValues.ts';
import type { ProjectGraph, ResolvedValue } from './projectGraph.ts';

/** The keys an object has as far as the program tells, spreads, conditionals and later assignments included. */
export interface ObjectKeys {
  /** Each key with every value it may have; `optional` when it may be missing. */
  readonly keys: ReadonlyMap<string, { readonly values: readonly ResolvedValue[]; readonly optional: boolean }>;
  /** There may be further keys: a spread or computed name that leads out of what is understood, or no object at all. */
  readonly open: boolean;
}

/** Deepest nesting of spreads and names followed. */
const MAX_DEPTH = 8;

interface Collected {
  readonly keys: Map<string, { values: ResolvedValue[]; optional: boolean }>;
  open: boolean;
}

/** Collects an object's keys; an absent value gives none and is closed. */
export function objectKeys(graph: ProjectGraph, from: ResolvedValue | null): ObjectKeys {
  const collected: Collected = { keys: new Map(), open: false };
  if (from) collect({ graph, steps: freshSteps() }, from, false, collected, 0);
  return collected;
}

interface Search {
  readonly graph: ProjectGraph;
  readonly steps: Steps;
}

function collect(search: Search, from: ResolvedValue, optional: boolean, into: Collected, depth: number): void {
  const { graph, steps } = search;
  if (depth > MAX_DEPTH || steps.left <= 0) {
    into.open = true;
    return;
  }
  steps.left--;
  collectWrites(graph, from, into);
  const { file, value } = graph.resolve(from.file, from.value);
  switch (value.kind) {
    case 'object':
      for (const property of value.properties) collectProperty(search, file, property, optional, into, depth);
      return;
    case 'choice':
      collectOneOf(
        search,
        value.options.map((option) => ({ file, value: option })),
        optional,
        into,
        depth,
      );
      return;
    case 'undefined':
      return;
    case 'literal':
      if (typeof value.value === 'object' || typeof value.value === 'boolean') return;
      into.open = true;
      return;
    default:
      collectReturned(search, { file, value }, optional, into, depth);
  }
}

/** A key that every side has is there for certain. */
function collectOneOf(
  search: Search,
  options: readonly ResolvedValue[],
  optional: boolean,
  into: Collected,
  depth: number,
): void {
  const sides = options.map((option) => {
    const side: Collected = { keys: new Map(), open: false };
    collect(search, option, false, side, depth + 1);
    return side;
  });
  for (const side of sides) {
    into.open ||= side.open;
    for (const [key, { values, optional: missing }] of side.keys) {
      const everywhere = sides.every((each) => each.keys.get(key)?.optional === false);
      for (const value of values) add(into, key, value, optional || missing || !everywhere);
    }
  }
}

/** `...ownedBy(user)`: the object a function of the project gives. */
function collectReturned(search: Search, from: ResolvedValue, optional: boolean, into: Collected, depth: number): void {
  const { values, open } = isCall(from.value)
    ? possibleValues(search.graph, from, search.steps)
    : { values: [], open: true };
  const known = values.filter((each) => !isCall(each.value));
  into.open ||= open || known.length < values.length;
  collectOneOf(search, known, optional, into, depth);
}

function isCall(value: Value): boolean {
  return value.kind === 'call' || (value.kind === 'reference' && value.to.root.kind === 'call');
}

function collectProperty(
  search: Search,
  file: string,
  property: Property,
  optional: boolean,
  into: Collected,
  depth: number,
): void {
  if (property.kind === 'spread') collect(search, { file, value: property.value }, optional, into, depth + 1);
  else if (property.kind === 'computed') into.open = true;
  else add(into, property.key, { file, value: property.value }, optional);
}

/** `where.status = …` after `const where = {}`. */
function collectWrites(graph: ProjectGraph, { file, value }: ResolvedValue, into: Collected): void {
  const variable = variableBehind(graph, file, value);
  for (const write of variable?.writes ?? []) {
    const [key, ...rest] = write.path;
    if (key === undefined || key === '?' || key === '[]') into.open = true;
    else if (rest.length === 0) add(into, key, { file, value: write.value }, write.conditional);
  }
}

function variableBehind(graph: ProjectGraph, file: string, value: Value) {
  if (value.kind !== 'reference' || value.to.root.kind !== 'variable' || value.to.path.length > 0) return null;
  return graph.files.get(file)?.variables[value.to.root.variable] ?? null;
}

function add(into: Collected, key: string, value: ResolvedValue, optional: boolean): void {
  const known = into.keys.get(key);
  if (!known) into.keys.set(key, { values: [value], optional });
  else {
    known.values.push(value);
    known.optional &&= optional;
  }
}
