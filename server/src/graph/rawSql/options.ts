import type { CallFact } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';
import { functionId, type ProjectGraph, type ResolvedValue } from '../projectGraph.ts';

/** What a value is one of: the sides of a choice, what a function of the project gives, what its callers hand in; null for any other. */
export interface Options {
  readonly values: readonly ResolvedValue[];
  /** It may be something else too. */
  readonly open: boolean;
}

/** More callers or branches than this say nothing definite. */
const MAX_OPTIONS = 24;

/** What a value that is put into SQL may be; null where that is not one of a few written ones. */
export function optionsOf(graph: ProjectGraph, { file, value }: ResolvedValue): Options | null {
  const found = foundFor(graph, file, value);
  return found && found.values.length > 0 && found.values.length <= MAX_OPTIONS ? found : null;
}

function foundFor(graph: ProjectGraph, file: string, value: Value): Options | null {
  if (value.kind === 'choice') return { values: value.options.map((option) => ({ file, value: option })), open: false };
  if (value.kind === 'call') return returnedBy(graph, file, value.call);
  if (value.kind !== 'reference') return null;
  const { root, path } = value.to;
  if (path.at(-1) === '?') return lookedUp(graph, file, value.to);
  if (path.length > 0) return null;
  if (root.kind === 'call') return returnedBy(graph, file, root.call);
  return root.kind === 'parameter' ? handedIn(graph, file, root.function, root.index) : null;
}

function returnedBy(graph: ProjectGraph, file: string, call: number): Options | null {
  const values = graph
    .targets(file, call)
    .flatMap((target) => target.fact.returns.map((each) => ({ file: target.file, value: each })));
  return { values, open: false };
}

function handedIn(graph: ProjectGraph, file: string, index: number, place: number): Options | null {
  const fact = graph.files.get(file)?.functions[index]?.parameters[place];
  if (!fact || fact.rest) return null;
  const values: ResolvedValue[] = [];
  let open = false;
  const edges = graph.callers(functionId(file, index)).filter(({ from }) => graph.function(from).role === 'app');
  for (const { kind, call, from } of edges) {
    const value = kind === 'call' ? call.arguments[place] : undefined;
    if (value && value.kind !== 'spread') values.push({ file: graph.function(from).file, value });
    else if (kind !== 'call' || !fact.default || hasSpread(call)) open = true;
  }
  if (fact.default) values.push({ file, value: fact.default });
  return { values, open };
}

function hasSpread(call: CallFact): boolean {
  return call.arguments.some(({ kind }) => kind === 'spread');
}

/** `COLUMNS[sort]`: one of the values of a table that is written down. */
function lookedUp(graph: ProjectGraph, file: string, { root, path }: Reference): Options | null {
  const table = graph.resolve(file, { kind: 'reference', to: { root, path: path.slice(0, -1) }, span: NOWHERE });
  if (table.value.kind !== 'object') return null;
  const values = table.value.properties.map((each) =>
    each.kind === 'property' ? { file: table.file, value: each.value } : null,
  );
  return { values: values.filter((each) => each !== null), open: values.includes(null) };
}

const NOWHERE = { start: 0, end: 0 };
