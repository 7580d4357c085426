import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Root, Value } from '#syntax/values.ts';
import { isOperation } from './operations.ts';

/** Which parts of one file lead to a query, by way of what they mention. */
export interface Carriers {
  readonly exports: ReadonlySet<string>;
  readonly functions: ReadonlySet<number>;
}

/** Something of a file: its index and kind in one number. */
type Symbol = number;

const KINDS = ['function', 'class', 'variable', 'import', 'call'] as const;

function symbol(kind: (typeof KINDS)[number], index: number): Symbol {
  return index * KINDS.length + KINDS.indexOf(kind);
}

/** Who mentions what within one file; depends on its facts alone. */
export interface Mentions {
  readonly facts: FileFacts;
  readonly mentionedBy: ReadonlyMap<Symbol, readonly Symbol[]>;
  /** Functions a query stands in. */
  readonly querying: readonly Symbol[];
}

/** Whether what a module exports under a name leads to a query. */
export type Carries = (specifier: string, name: string) => boolean;

export function mentionsIn(facts: FileFacts, isQuery: (call: CallFact) => boolean): Mentions {
  const mentionedBy = new Map<Symbol, Symbol[]>();
  collectMentions(facts, (owner, mentioned) => {
    if (mentioned === null) return;
    const owners = mentionedBy.get(mentioned);
    if (owners) owners.push(owner);
    else mentionedBy.set(mentioned, [owner]);
  });
  return { facts, mentionedBy, querying: facts.calls.filter(isQuery).map((call) => symbol('function', call.function)) };
}

/** Follows mentions backwards from the queries and from the imports known to lead to one. */
export function carriersIn({ facts, mentionedBy, querying }: Mentions, carries: Carries): Carriers {
  const imports = facts.imports.flatMap(({ specifier, name, typeOnly }, index) =>
    !typeOnly && carries(specifier, name) ? [symbol('import', index)] : [],
  );
  const reached = spread([...querying, ...imports], mentionedBy);
  const functions = facts.functions.map(({ index }) => index);
  return {
    exports: new Set(carryingExports(facts, reached, carries)),
    functions: new Set(functions.filter((index) => index !== 0 && reached.has(symbol('function', index)))),
  };
}

/** A call that a schema or its very name makes look like Prisma's. */
export function createQueryTest(delegates: ReadonlySet<string>): (call: CallFact) => boolean {
  return ({ callee: { path } }) => {
    const operation = path.at(-1);
    if (operation === undefined || !isOperation(operation)) return false;
    return (
      operation.startsWith('$') ||
      operation.startsWith('find') ||
      delegates.has(path.at(-2) ?? '') ||
      /Many|upsert|groupBy/.test(operation)
    );
  };
}

/** The module body mentions everything and is mentioned by nobody. */
const MODULE = symbol('function', 0);

function spread(seeds: readonly Symbol[], mentionedBy: ReadonlyMap<Symbol, readonly Symbol[]>): ReadonlySet<Symbol> {
  const reached = new Set<Symbol>();
  const queue = [...seeds];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (reached.has(next) || next === MODULE) continue;
    reached.add(next);
    queue.push(...(mentionedBy.get(next) ?? []));
  }
  return reached;
}

function carryingExports(facts: FileFacts, reached: ReadonlySet<Symbol>, carries: Carries): readonly string[] {
  return facts.exports
    .filter(({ value, from }) => {
      const root = value ? symbolOf(value.root) : null;
      return (root !== null && reached.has(root)) || (from !== null && carries(from.specifier, from.name));
    })
    .map(({ name }) => name);
}

function collectMentions(facts: FileFacts, mention: (owner: Symbol, mentioned: Symbol | null) => void): void {
  const imports = new Map(facts.imports.map(({ local }, index) => [local, index]));
  const mentionType = (owner: Symbol, typeName: string | null) => {
    const index = typeName === null ? undefined : imports.get(typeName.split('.', 1)[0] ?? '');
    if (index !== undefined) mention(owner, symbol('import', index));
  };
  for (const call of facts.calls) {
    const mentioned = [symbolOf(call.callee.root), ...call.arguments.flatMap((value) => [...symbolsIn(value, 0)])];
    for (const each of mentioned) {
      mention(symbol('function', call.function), each);
      mention(symbol('call', call.index), each);
    }
  }
  for (const { index, parent, class: owner, returns, parameters } of facts.functions) {
    if (parent !== null) mention(symbol('function', parent), symbol('function', index));
    if (owner !== null) mention(symbol('class', owner), symbol('function', index));
    for (const each of returns.flatMap((value) => [...symbolsIn(value, 0)])) mention(symbol('function', index), each);
    for (const { typeName } of parameters)
      mentionType(owner === null ? symbol('function', index) : symbol('class', owner), typeName);
  }
  for (const { index, init, writes } of facts.variables) {
    for (const value of [...(init ? [init] : []), ...writes.map((write) => write.value)]) {
      for (const each of symbolsIn(value, 0)) mention(symbol('variable', index), each);
    }
  }
  for (const { index, extends: base, members } of facts.classes) {
    if (base) mention(symbol('class', index), symbolOf(base.root));
    for (const { value, typeName } of members) {
      mentionType(symbol('class', index), typeName);
      for (const each of value ? symbolsIn(value, 0) : []) mention(symbol('class', index), each);
    }
  }
}

/** Nesting beyond this holds data, not code. */
const MAX_DEPTH = 6;

function* symbolsIn(value: Value, depth: number): Generator<Symbol> {
  if (depth > MAX_DEPTH) return;
  switch (value.kind) {
    case 'reference': {
      const root = symbolOf(value.to.root);
      if (root !== null) yield root;
      return;
    }
    case 'function':
      yield symbol('function', value.function);
      return;
    case 'class':
      yield symbol('class', value.class);
      return;
    case 'call':
      yield symbol('call', value.call);
      return;
    case 'object':
      for (const property of value.properties) yield* symbolsIn(property.value, depth + 1);
      return;
    case 'array':
      for (const item of value.items) yield* symbolsIn(item, depth + 1);
      return;
    case 'spread':
      yield* symbolsIn(value.value, depth + 1);
      return;
    case 'choice':
      for (const option of value.options) yield* symbolsIn(option, depth + 1);
  }
}

function symbolOf(root: Root): Symbol | null {
  switch (root.kind) {
    case 'function':
      return symbol('function', root.function);
    case 'class':
      return symbol('class', root.class);
    case 'variable':
      return symbol('variable', root.variable);
    case 'import':
      return symbol('import', root.import);
    case 'call':
      return symbol('call', root.call);
    case 'this':
    case 'super':
      return root.class === null ? null : symbol('class', root.class);
    default:
      return null;
  }
}
