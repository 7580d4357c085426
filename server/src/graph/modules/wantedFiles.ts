import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';
import type { Carriers } from '../link/carriers.ts';
import type { Link, LinkedFile } from '../link/entities.ts';

/** Something of a file that is not parsed yet. */
export interface WantedName {
  readonly path: string;
  readonly name: string;
}

/** Files, not parsed yet, that the queries of a file cannot be judged without: clients, constants, helpers, base classes. */
export function wantedBy(
  link: Link,
  file: LinkedFile,
  carriers: Carriers,
  isQuery: (call: CallFact) => boolean,
): readonly WantedName[] {
  const wanted = new Map<string, WantedName>();
  const want = (reference: Reference): void => {
    for (const entity of link.evaluate(file, reference))
      if (entity.kind === 'unparsed') wanted.set(`${entity.path}\0${entity.name}`, entity);
  };
  const { calls, classes, loops } = file.facts;
  for (const call of calls) {
    if (isQuery(call)) wantQuery(file, call, want);
    else if (takesCarrier(call, carriers)) want(call.callee);
  }
  for (const { function: owner, over } of loops)
    if (over && carriers.functions.has(owner)) for (const each of referencesIn(file.facts, over, false)) want(each);
  for (const { extends: base } of classes) if (base) want(base);
  return [...wanted.values()];
}

/** The client it is called on, what its arguments are made of, and who gets its result. */
function wantQuery({ facts }: LinkedFile, call: CallFact, want: (reference: Reference) => void): void {
  want({ root: call.callee.root, path: call.callee.path.slice(0, -2) });
  for (const value of call.arguments) for (const reference of referencesIn(facts, value, true)) want(reference);
  for (const use of call.usage) {
    const receiver = use.kind === 'pass' ? facts.calls[use.call]?.callee : undefined;
    if (receiver) want(receiver);
  }
}

/** It is handed a function that leads to a query, written in place or by name. */
function takesCarrier(call: CallFact, { functions }: Carriers): boolean {
  const isCarrier = (value: Value): boolean => {
    if (value.kind === 'function') return functions.has(value.function);
    return value.kind === 'reference' && value.to.root.kind === 'function' && functions.has(value.to.root.function);
  };
  return call.arguments.some(
    (value) =>
      isCarrier(value) || (value.kind === 'object' && value.properties.some((property) => isCarrier(property.value))),
  );
}

const MAX_DEPTH = 8;

/** Keys of a query's arguments whose values are shapes, not data. */
const SHAPES = new Set(['where', 'orderBy', 'include', 'select', 'AND', 'OR', 'some', 'every', 'none', 'is']);

/** References that lead out of the file; where `shape` is true also the functions whose result is a part of the arguments. */
function* referencesIn(facts: FileFacts, value: Value, shape: boolean, depth = 0): Generator<Reference> {
  if (depth > MAX_DEPTH) return;
  const within = (inner: Value, shaped = shape) => referencesIn(facts, inner, shaped, depth + 1);
  switch (value.kind) {
    case 'reference':
      yield* referred(facts, value.to, shape, within);
      return;
    case 'call':
      yield* referred(facts, { root: { kind: 'call', call: value.call }, path: [] }, shape, within);
      return;
    case 'object':
      for (const property of value.properties)
        yield* within(property.value, shape && (property.kind !== 'property' || SHAPES.has(property.key)));
      return;
    case 'array':
      for (const item of value.items) yield* within(item);
      return;
    case 'spread':
      yield* within(value.value);
      return;
    case 'choice':
      for (const option of value.options) yield* within(option);
  }
}

function* referred(
  facts: FileFacts,
  { root, path }: Reference,
  shape: boolean,
  within: (value: Value) => Generator<Reference>,
): Generator<Reference> {
  if (root.kind === 'import') yield { root, path };
  if (!shape) return;
  const callee = root.kind === 'call' ? facts.calls[root.call]?.callee : undefined;
  if (callee?.root.kind === 'import') yield callee;
  const init = root.kind === 'variable' ? facts.variables[root.variable]?.init : null;
  if (init) yield* within(init);
}
