import type { CallFact, FileFacts, ImportFact } from '#syntax/facts.ts';
import type { Property, Reference, Root, Value } from '#syntax/values.ts';
import { callsRunBy, RUNS } from './transactionCalls.ts';

/** Something a file asks of another: an export, and the steps taken from it; a call is the step `()`. */
export interface Lead {
  /** Null where the name is declared nowhere. */
  readonly specifier: string | null;
  readonly name: string;
  readonly steps: readonly string[];
  /** Followed only where the other file is parsed anyway: the type of a parameter, which callers know better. */
  readonly passive: boolean;
}

/** More steps than this are data, not code. */
const MAX_STEPS = 8;
const CLIENT_TYPE =
  /PrismaClient|PrismaService|PrismaDb|TransactionClient|Prisma(?:Tx|Trx|Transaction)|^(?:Tx|Trx)(?:Client)?$/;

/** Where references lead out of one file; follows names only, so that the answer hangs on this file's facts alone. */
export function createLeads(facts: FileFacts): (reference: Reference) => readonly Lead[] {
  const answers = new Map<string, readonly Lead[]>();
  const imports = new Map(facts.imports.map((fact) => [fact.local, fact]));
  const runBy = callsRunBy(facts);

  return (reference) => {
    const key = keyOf(reference.root, reference.path);
    const known = answers.get(key) ?? leadsOf(reference);
    answers.set(key, known);
    return known;
  };

  function leadsOf(reference: Reference): readonly Lead[] {
    const found: Lead[] = [];
    const seen = new Set<string>();
    follow(reference, { found, seen, passive: false });
    return found;
  }

  function follow({ root, path }: Reference, way: Way): void {
    const key = keyOf(root, path);
    if (path.length > MAX_STEPS || way.seen.has(key)) return;
    way.seen.add(key);
    switch (root.kind) {
      case 'import':
        fromImport(facts.imports[root.import], path, way);
        break;
      case 'global':
        lead(way, null, root.name, path);
        break;
      case 'function':
        fromFunction(root.function, path, way);
        break;
      case 'class':
      case 'this':
        if (root.class !== null) fromClass(root.class, path, way);
        break;
      case 'super':
        fromBase(root.class, path, way);
        break;
      case 'variable':
        fromVariable(root.variable, path, way);
        break;
      case 'parameter':
        fromParameter(root.function, root.index, path, way);
        break;
      case 'call':
        fromCall(facts.calls[root.call], path, way);
    }
  }

  function fromImport(fact: ImportFact | undefined, steps: readonly string[], way: Way): void {
    if (fact) lead(way, fact.specifier, fact.name, steps);
  }

  function fromValue(value: Value, steps: readonly string[], way: Way): void {
    switch (value.kind) {
      case 'reference':
        follow(further(value.to, steps), way);
        break;
      case 'function':
      case 'class':
      case 'call':
        follow({ root: value, path: steps }, way);
        break;
      case 'choice':
        for (const option of value.options) fromValue(option, steps, way);
        break;
      case 'array':
        if (steps[0] === '[]') for (const item of value.items) fromValue(item, steps.slice(1), way);
        break;
      case 'object':
        for (const property of value.properties) fromProperty(property, steps, way);
    }
  }

  function fromProperty(property: Property, steps: readonly string[], way: Way): void {
    if (property.kind === 'spread' && steps.length > 0) fromValue(property.value, steps, way);
    if (property.kind === 'property' && property.key === steps[0]) fromValue(property.value, steps.slice(1), way);
  }

  /** What it returns when it is called, and what a getter reads from that. */
  function fromFunction(index: number, steps: readonly string[], way: Way): void {
    const [first, ...rest] = steps;
    if (first === undefined) return;
    if (first === RUNS) {
      for (const reference of runBy(index)) follow(reference, way);
      return;
    }
    const after = first === '()' ? rest : steps;
    if (BINDING.has(first)) fromFunction(index, rest, way);
    else for (const value of facts.functions[index]?.returns ?? []) fromValue(value, after, way);
  }

  function fromClass(index: number, [name, ...rest]: readonly string[], way: Way): void {
    const fact = facts.classes[index];
    if (!fact || name === undefined) return;
    const members = fact.members.filter((member) => member.name === name);
    for (const { function: own, value, typeName } of members) {
      if (own !== null) fromFunction(own, rest, way);
      else if (value && !isUnknown(value) && !isParameter(value)) fromValue(value, rest, way);
      else if (typeName !== null) typed(typeName, rest, CLIENT_TYPE.test(typeName) ? { ...way, passive: true } : way);
    }
    if (members.length === 0) fromBase(index, [name, ...rest], way);
  }

  function fromBase(index: number | null, steps: readonly string[], way: Way): void {
    const base = index === null ? null : facts.classes[index]?.extends;
    if (base) follow(further(base, steps), way);
  }

  function fromVariable(index: number, steps: readonly string[], way: Way): void {
    const fact = facts.variables[index];
    if (!fact) return;
    const into = fact.writes.filter(({ path }) => path.length === 1 && path[0] === steps[0]);
    for (const { value } of into) fromValue(value, steps.slice(1), way);
    if (into.length > 0) return;
    const values = fact.writes.filter(({ path }) => path.length === 0).map(({ value }) => value);
    for (const value of fact.init ? [fact.init, ...values] : values) fromValue(value, steps, way);
    if (fact.typeName !== null && (!fact.init || isUnknown(fact.init))) typed(fact.typeName, steps, way);
  }

  function fromParameter(owner: number, index: number, steps: readonly string[], way: Way): void {
    const fact = facts.functions[owner]?.parameters[index];
    if (fact?.default) fromValue(fact.default, steps, way);
    if (fact && fact.typeName !== null) typed(fact.typeName, steps, { ...way, passive: true });
  }

  function fromCall(call: CallFact | undefined, steps: readonly string[], way: Way): void {
    if (!call) return;
    const { root, path } = call.callee;
    follow({ root, path: call.kind === 'new' ? [...path, ...steps] : [...path, '()', ...steps] }, way);
    fromHandedBack(call, steps, way);
    if (steps[0] === '()')
      for (const value of call.arguments) if (value.kind === 'function' || isLocal(value)) fromValue(value, steps, way);
  }

  /** A function of this file that gives back a parameter stands for the argument. */
  function fromHandedBack({ callee: { root, path }, arguments: given }: CallFact, steps: readonly string[], way: Way) {
    if (root.kind !== 'function' || path.length > 0) return;
    for (const value of facts.functions[root.function]?.returns ?? []) {
      if (value.kind !== 'reference' || value.to.root.kind !== 'parameter') continue;
      const argument = given[value.to.root.index];
      if (argument && value.to.root.function === root.function) fromValue(argument, [...value.to.path, ...steps], way);
    }
  }

  function typed(typeName: string, steps: readonly string[], way: Way): void {
    const [first = '', ...rest] = typeName.replace(/^typeof\s+/, '').split('.');
    const own = facts.classes.find(({ name }) => name === first);
    if (own) follow({ root: { kind: 'class', class: own.index }, path: steps }, way);
    else fromImport(imports.get(first), [...rest, ...steps], way);
  }
}

const BINDING: ReadonlySet<string> = new Set(['bind', 'call', 'apply']);

/** One search: what it found, where it was, and whether it is past a parameter's type. */
interface Way {
  readonly found: Lead[];
  readonly seen: Set<string>;
  readonly passive: boolean;
}

function lead({ found, passive }: Way, specifier: string | null, name: string, steps: readonly string[]): void {
  if (specifier === null && Object.hasOwn(globalThis, name)) return;
  found.push({ specifier, name, steps, passive });
}

function further({ root, path }: Reference, steps: readonly string[]): Reference {
  return steps.length === 0 ? { root, path } : { root, path: [...path, ...steps] };
}

function isUnknown({ kind }: Value): boolean {
  return kind === 'unknown' || kind === 'undefined' || kind === 'literal';
}

function isParameter(value: Value): boolean {
  return value.kind === 'reference' && value.to.root.kind === 'parameter';
}

function isLocal(value: Value): boolean {
  return value.kind === 'reference' && (value.to.root.kind === 'function' || value.to.root.kind === 'variable');
}

function keyOf(root: Root, path: readonly string[]): string {
  return `${rootKey(root)} ${path.join(' ')}`;
}

function rootKey(root: Root): string {
  switch (root.kind) {
    case 'import':
      return `i${root.import}`;
    case 'function':
      return `f${root.function}`;
    case 'class':
      return `k${root.class}`;
    case 'variable':
      return `v${root.variable}`;
    case 'parameter':
      return `p${root.function}.${root.index}`;
    case 'this':
      return `t${root.class}`;
    case 'super':
      return `s${root.class}`;
    case 'call':
      return `c${root.call}`;
    case 'global':
      return `g${root.name}`;
    case 'unknown':
      return '?';
  }
}
