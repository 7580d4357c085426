import { positionAt } from '#graph/places.ts';
import { type CallEdge, functionId, type ProjectGraph, type ResolvedValue } from '#graph/projectGraph.ts';
import type { ParameterFact } from '#syntax/facts.ts';
import { mayBeAbsent } from './absentValues.ts';
import type { EnteredCall, Reading } from './reading.ts';

/** What one of the callers hands in for a parameter, the same caller for all parameters of a function; null where none can be looked at. */
export function callerValues(reading: Reading, file: string, index: number, parameter: number): ResolvedValue | null {
  const { graph } = reading;
  const fact = graph.files.get(file)?.functions[index]?.parameters[parameter];
  if (!fact || fact.rest) return null;
  const entered = reading.entered.get(functionId(file, index));
  if (entered) return handedIn(file, fact, entered, parameter);
  const edges = readableCalls(graph, file, index);
  const edge = edges.length < 2 ? edges[0] : edges[chosenCaller(reading, file, index, edges)];
  return edge ? handedIn(file, fact, placed(graph, edge), parameter) : null;
}

/** What callers hand in, told as far as it shows in SQL. */
export interface GivenKind {
  readonly kind: 'value' | 'null' | 'undefined';
}

/**
 * Whether the callers of a function give a value for a parameter or a part of it; null where that is not known of all of them.
 * Only where they differ is one chosen.
 */
export function givenByCallers(reading: Reading, { file, value }: ResolvedValue): GivenKind | null {
  if (value.kind !== 'reference' || value.to.root.kind !== 'parameter') return null;
  const { graph } = reading;
  const { function: index, index: parameter } = value.to.root;
  const fact = graph.files.get(file)?.functions[index]?.parameters[parameter];
  const entered = reading.entered.get(functionId(file, index));
  if (fact && entered) return enteredKind(graph, handedIn(file, fact, entered, parameter), value.to.path);
  const edges = readableCalls(graph, file, index);
  if (!fact || fact.rest || edges.length === 0 || edges.length > MAX_CALLERS) return null;
  if (edges.length < graph.callers(functionId(file, index)).length) return null;
  const { path } = value.to;
  const kinds = edges.map((edge) => kindOf(graph, handedIn(file, fact, placed(graph, edge), parameter), path));
  const missing = kinds.includes('undefined') && !mayBeAbsent(graph, { file, value });
  if (missing || kinds.includes(null)) return null;
  const differ = kinds.some((kind) => kind !== kinds[0]);
  const kind = kinds[differ ? chosenCaller(reading, file, index, edges) : 0];
  return kind ? { kind } : null;
}

function placed(graph: ProjectGraph, { call, from }: CallEdge): EnteredCall {
  return { file: graph.function(from).file, call };
}

/** What one call hands in is certain of it: a part that is not there is none. */
function enteredKind(graph: ProjectGraph, from: ResolvedValue | null, path: readonly string[]): GivenKind | null {
  const kind = kindOf(graph, from, path);
  return kind && { kind };
}

/** More callers than this make a library of their own. */
const MAX_CALLERS = 24;

function kindOf(graph: ProjectGraph, from: ResolvedValue | null, path: readonly string[]): GivenKind['kind'] | null {
  if (!from) return null;
  const { file, value } = graph.resolve(from.file, from.value);
  const [step, ...rest] = path;
  if (value.kind === 'undefined') return 'undefined';
  if (step === undefined) {
    if (value.kind === 'literal' && value.value === null) return 'null';
    return value.kind === 'choice' || mayBeAbsent(graph, { file, value }) ? null : 'value';
  }
  if (value.kind !== 'object' || value.properties.some((each) => each.kind !== 'property')) return null;
  const found = value.properties.findLast((each) => each.kind === 'property' && each.key === step);
  return found ? kindOf(graph, { file, value: found.value }, rest) : 'undefined';
}

function chosenCaller({ graph, decisions }: Reading, file: string, index: number, edges: readonly CallEdge[]): number {
  const text = (at: number) => {
    const edge = edges[at];
    return edge ? `as called in ${placeOf(graph, edge)}` : '';
  };
  return decisions.choose(`callers of ${file} ${index}`, edges.length, text);
}

/** Null where nothing is handed in for what must be there: the call is one of a library's, which hands in more than it shows. */
function handedIn(
  file: string,
  fact: ParameterFact,
  { file: caller, call }: EnteredCall,
  parameter: number,
): ResolvedValue | null {
  const value = call.arguments[parameter];
  if (value) return { file: caller, value };
  if (fact.default) return { file, value: fact.default };
  return fact.absent.some(({ path }) => path.length === 0)
    ? { file, value: { kind: 'undefined', span: fact.span } }
    : null;
}

/** Calls whose arguments stand one by one, in the application where there are some there. */
function readableCalls(graph: ProjectGraph, file: string, index: number): readonly CallEdge[] {
  const edges = graph
    .callers(functionId(file, index))
    .filter(
      ({ kind, call }) =>
        kind === 'call' && call.kind !== 'render' && !call.arguments.some((each) => each.kind === 'spread'),
    );
  const own = edges.filter(({ from }) => graph.function(from).role === 'app');
  return own.length > 0 ? own : edges;
}

function placeOf(graph: ProjectGraph, { from, call }: CallEdge): string {
  const { file, facts } = graph.function(from);
  return `${file}:${positionAt(facts.lineStarts, call.nameSpan.start).line}`;
}
