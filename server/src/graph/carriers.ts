import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Reference, Root, Value } from '#syntax/values.ts';
import { isOperation } from './operations.ts';

/** Which parts of one file lead to a query, by way of what they mention. */
export interface Carriers {
  readonly exports: ReadonlySet<string>;
  readonly functions: ReadonlySet<number>;
}

/** Something of a file that mentions other things of it: `f3`, `c0`, `v12`, `i4`, `k7` (function, class, variable, import, call). */
type Symbol = `${'f' | 'c' | 'v' | 'i' | 'k'}${number}`;

/** Whether what a module exports under a name leads to a query. */
export type Carries = (specifier: string, name: string) => boolean;

/** Follows mentions backwards from the queries and from the imports known to lead to one. */
export function carriersIn(facts: FileFacts, isQuery: (call: CallFact) => boolean, carries: Carries): Carriers {
  const mentionedBy = new Map<Symbol, Symbol[]>();
  const mention = (owner: Symbol, mentioned: Symbol | null) => {
    if (mentioned === null) return;
    const owners = mentionedBy.get(mentioned) ?? [];
    mentionedBy.set(mentioned, owners);
    owners.push(owner);
  };
  collectMentions(facts, mention);
  const seeds: Symbol[] = facts.calls.filter(isQuery).map((call): Symbol => `f${call.function}`);
  facts.imports.forEach(({ specifier, name, typeOnly }, index) => {
    if (!typeOnly && carries(specifier, name)) seeds.push(`i${index}`);
  });
  const reached = spread(seeds, mentionedBy);
  const functions = facts.functions
    .map(({ index }) => index)
    .filter((index) => index !== 0 && reached.has(`f${index}`));
  return { exports: new Set(carryingExports(facts, reached, carries)), functions: new Set(functions) };
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

function spread(seeds: readonly Symbol[], mentionedBy: ReadonlyMap<Symbol, readonly Symbol[]>): ReadonlySet<Symbol> {
  const reached = new Set<Symbol>();
  const queue = [...seeds];
  for (let symbol = queue.pop(); symbol !== undefined; symbol = queue.pop()) {
    if (reached.has(symbol) || symbol === 'f0') continue;
    reached.add(symbol);
    queue.push(...(mentionedBy.get(symbol) ?? []));
  }
  return reached;
}

function carryingExports(facts: FileFacts, reached: ReadonlySet<Symbol>, carries: Carries): readonly string[] {
  return facts.exports
    .filter(({ value, from }) => {
      const symbol = value ? symbolOf(value.root) : null;
      return (symbol !== null && reached.has(symbol)) || (from !== null && carries(from.specifier, from.name));
    })
    .map(({ name }) => name);
}

function collectMentions(facts: FileFacts, mention: (owner: Symbol, mentioned: Symbol | null) => void): void {
  const imports = new Map(facts.imports.map(({ local }, index) => [local, index]));
  const mentionType = (owner: Symbol, typeName: string | null) => {
    const index = typeName === null ? undefined : imports.get(typeName.split('.', 1)[0] ?? '');
    if (index !== undefined) mention(owner, `i${index}`);
  };
  for (const call of facts.calls) {
    const mentioned = [symbolOf(call.callee.root), ...call.arguments.flatMap((value) => [...symbolsIn(value, 0)])];
    for (const symbol of mentioned) {
      mention(`f${call.function}`, symbol);
      mention(`k${call.index}`, symbol);
    }
  }
  for (const { index, parent, class: owner, returns, parameters } of facts.functions) {
    if (parent !== null) mention(`f${parent}`, `f${index}`);
    if (owner !== null) mention(`c${owner}`, `f${index}`);
    for (const symbol of returns.flatMap((value) => [...symbolsIn(value, 0)])) mention(`f${index}`, symbol);
    for (const { typeName } of parameters) mentionType(owner === null ? `f${index}` : `c${owner}`, typeName);
  }
  for (const { index, init, writes } of facts.variables) {
    for (const value of [...(init ? [init] : []), ...writes.map((write) => write.value)]) {
      for (const symbol of symbolsIn(value, 0)) mention(`v${index}`, symbol);
    }
  }
  for (const { index, extends: base, members } of facts.classes) {
    if (base) mention(`c${index}`, symbolOf(base.root));
    for (const { value, typeName } of members) {
      mentionType(`c${index}`, typeName);
      for (const symbol of value ? symbolsIn(value, 0) : []) mention(`c${index}`, symbol);
    }
  }
}

/** Nesting beyond this holds data, not code. */
const MAX_DEPTH = 6;

function* symbolsIn(value: Value, depth: number): Generator<Symbol> {
  if (depth > MAX_DEPTH) return;
  switch (value.kind) {
    case 'reference': {
      const symbol = symbolOf(value.to.root);
      if (symbol !== null) yield symbol;
      return;
    }
    case 'function':
      yield `f${value.function}`;
      return;
    case 'class':
      yield `c${value.class}`;
      return;
    case 'call':
      yield `k${value.call}`;
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

function symbolOf(root: Reference['root'] | Root): Symbol | null {
  switch (root.kind) {
    case 'function':
      return `f${root.function}`;
    case 'class':
      return `c${root.class}`;
    case 'variable':
      return `v${root.variable}`;
    case 'import':
      return `i${root.import}`;
    case 'call':
      return `k${root.call}`;
    case 'this':
    case 'super':
      return root.class === null ? null : `c${root.class}`;
    default:
      return null;
  }
}
