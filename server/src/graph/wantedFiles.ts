import type { CallFact } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';
import type { Carriers } from './carriers.ts';
import type { Link, LinkedFile } from './entities.ts';

/** Files, not parsed yet, that the queries of a file cannot be judged without: clients, constants, helpers, base classes. */
export function wantedBy(
  link: Link,
  file: LinkedFile,
  carriers: Carriers,
  isQuery: (call: CallFact) => boolean,
): ReadonlySet<string> {
  const wanted = new Set<string>();
  const want = (reference: Reference): void => {
    for (const entity of link.evaluate(file, reference)) if (entity.kind === 'unparsed') wanted.add(entity.path);
  };
  const { calls, classes, loops } = file.facts;
  for (const call of calls) {
    if (isQuery(call)) wantQuery(file, call, want);
    else if (takesCarrier(call, carriers)) want(call.callee);
  }
  for (const { function: owner, over } of loops)
    if (over && carriers.functions.has(owner)) for (const reference of referencesIn(over, 0)) want(reference);
  for (const { extends: base } of classes) if (base) want(base);
  return wanted;
}

/** The client it is called on, what its arguments are made of, and who gets its result. */
function wantQuery({ facts }: LinkedFile, call: CallFact, want: (reference: Reference) => void): void {
  want({ root: call.callee.root, path: call.callee.path.slice(0, -2) });
  for (const value of call.arguments) for (const reference of referencesIn(value, 0)) want(reference);
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

/** References that lead out of the file. */
function* referencesIn(value: Value, depth: number): Generator<Reference> {
  if (depth > MAX_DEPTH) return;
  switch (value.kind) {
    case 'reference':
      if (value.to.root.kind === 'import') yield value.to;
      return;
    case 'object':
      for (const property of value.properties) yield* referencesIn(property.value, depth + 1);
      return;
    case 'array':
      for (const item of value.items) yield* referencesIn(item, depth + 1);
      return;
    case 'spread':
      yield* referencesIn(value.value, depth + 1);
      return;
    case 'choice':
      for (const option of value.options) yield* referencesIn(option, depth + 1);
  }
}
