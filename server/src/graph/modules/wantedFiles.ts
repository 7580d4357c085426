import type { CallFact, FileFacts, FunctionFact } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';
import { isOperation } from '../operations.ts';

/** What the queries of a file cannot be judged without, wherever it is: clients, constants, helpers, base classes. */
export interface Wants {
  readonly always: readonly Reference[];
  /** Wanted once a function is known to lead to a query: what it is handed to, and the lists its loops go over. */
  readonly ofFunction: ReadonlyMap<number, readonly Reference[]>;
}

export function wantsOf(facts: FileFacts, isQuery: (call: CallFact) => boolean): Wants {
  const always: Reference[] = [];
  const ofFunction = new Map<number, Reference[]>();
  const wantFor = (index: number, reference: Reference) => {
    const list = ofFunction.get(index);
    if (list) list.push(reference);
    else ofFunction.set(index, [reference]);
  };
  for (const call of facts.calls) {
    if (isQuery(call)) always.push(...queryReferences(facts, call));
    else for (const index of handedFunctions(call)) wantFor(index, call.callee);
    for (const { owner, reference } of checkReferences(facts, call)) wantFor(owner, reference);
  }
  for (const { index, parameters } of facts.functions)
    for (const reference of checkingTypes(facts, parameters)) wantFor(index, reference);
  for (const { function: owner, over } of facts.loops)
    if (over) for (const reference of referencesIn(facts, over, false)) wantFor(owner, reference);
  for (const { extends: base } of facts.classes) if (base) always.push(base);
  return { always, ofFunction };
}

/** What says how large a number may be that comes in: schemas that are called to check, and those along a procedure's chain. */
function* checkReferences(
  facts: FileFacts,
  call: CallFact,
): Generator<{ readonly owner: number; readonly reference: Reference }> {
  if (CHECKING.test(call.callee.path.at(-1) ?? '') && call.callee.root.kind !== 'global')
    yield { owner: call.function, reference: call.callee };
  for (const owner of handedFunctions(call)) {
    const given = [...call.arguments, ...chainArguments(facts, call)];
    for (const value of given) for (const reference of referencesIn(facts, value, true)) yield { owner, reference };
  }
}

const CHECKING = /^(parse|parseAsync|safeParse|safeParseAsync|validate|validateAsync|cast)$/;

/** The arguments of `input(…)` and `schema(…)` before the end of a chain. */
function* chainArguments({ calls }: FileFacts, { callee }: CallFact): Generator<Value> {
  for (let root = callee.root; root.kind === 'call'; ) {
    const inner = calls[root.call];
    if (!inner) return;
    yield* inner.arguments;
    root = inner.callee.root;
  }
}

/** Classes that check what a decorated parameter is given: `@Query() query: ListQuery`. */
function* checkingTypes({ imports }: FileFacts, parameters: FunctionFact['parameters']): Generator<Reference> {
  for (const { decorators, typeName } of parameters) {
    const index = decorators.length > 0 ? imports.findIndex(({ local }) => local === typeName) : -1;
    if (index >= 0) yield { root: { kind: 'import', import: index }, path: [] };
  }
}

/** The client it is called on, what its arguments are made of, and who gets its result. */
function* queryReferences(facts: FileFacts, call: CallFact): Generator<Reference> {
  const { root, path } = call.callee;
  yield { root, path: path.slice(0, isOperation(path.at(-1) ?? '') ? -2 : -1) };
  for (const value of call.arguments) yield* referencesIn(facts, value, true);
  for (const use of call.usage) {
    const receiver = use.kind === 'pass' ? facts.calls[use.call]?.callee : undefined;
    if (receiver) yield receiver;
  }
}

/** Functions a call is handed, written in place or by name, also within an object. */
function* handedFunctions({ arguments: given }: CallFact): Generator<number> {
  for (const value of given) {
    const parts = value.kind === 'object' ? value.properties.map((property) => property.value) : [value];
    for (const each of parts) {
      if (each.kind === 'function') yield each.function;
      else if (each.kind === 'reference' && each.to.root.kind === 'function') yield each.to.root.function;
    }
  }
}

const MAX_DEPTH = 8;

/** Keys of a query's arguments whose values are shapes, not data. */
const SHAPES = new Set(['where', 'orderBy', 'include', 'select', 'AND', 'OR', 'some', 'every', 'none', 'is', 'take']);

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
