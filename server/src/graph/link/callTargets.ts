import type { CallFact } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';
import { isOperation } from '../operations.ts';
import { referenceName } from '../referenceName.ts';
import type { Entity, FunctionEntity, Link, LinkedFile } from './entities.ts';
import { indexOwners, type OwnerLookup } from './ownerNames.ts';

/** Functions of the project a call may run. */
export function targetsOf(link: Link, file: LinkedFile, call: CallFact): readonly FunctionEntity[] {
  if (call.kind === 'call' && call.callee.path.at(-1) === 'bind') return [];
  const callees = link.evaluate(file, call.callee);
  return callees.flatMap((entity): readonly FunctionEntity[] => {
    if (entity.kind === 'function') return [entity];
    if (entity.kind !== 'class') return [];
    return call.kind === 'render' ? methodOf(entity, 'render') : methodOf(entity, 'constructor');
  });
}

function methodOf({ file, class: index }: Extract<Entity, { kind: 'class' }>, name: string): readonly FunctionEntity[] {
  const found = file.facts.functions.find((fact) => fact.class === index && fact.name === name);
  return found ? [{ kind: 'function', file, function: found.index }] : [];
}

/** One call and the file it is in. */
export interface PlacedCall {
  readonly file: LinkedFile;
  readonly call: CallFact;
}

export interface CallTable {
  targets(file: LinkedFile, call: number): readonly FunctionEntity[];
  /** Calls that run a function. */
  callsTo(file: LinkedFile, functionIndex: number): readonly PlacedCall[];
}

/** The targets of every call of the project, and the way back. */
export function tableCalls(link: Link, earlier: CallTable | null = null): CallTable {
  const targets = new Map<LinkedFile, (readonly FunctionEntity[] | undefined)[]>();
  const incoming = new Map<LinkedFile, PlacedCall[][]>();
  const names = earlier ? functionNames(link) : null;
  const owners = earlier ? indexOwners(link.files.values()) : null;
  for (const file of link.files.values()) {
    const ofFile: (readonly FunctionEntity[] | undefined)[] = [];
    for (const call of file.facts.calls) {
      const known = earlier?.targets(file, call.index) ?? [];
      const found = known.length > 0 ? known : targetsIn(link, file, call, names, owners);
      if (found.length === 0) continue;
      ofFile[call.index] = found;
      for (const target of found) addIncoming(incoming, target, { file, call });
    }
    targets.set(file, ofFile);
  }
  return {
    targets: (file, call) => targets.get(file)?.[call] ?? NONE,
    callsTo: (file, functionIndex) => incoming.get(file)?.[functionIndex] ?? NO_CALLS,
  };
}

/** In the second round, names are the last resort where nothing is known of the receiver. */
function targetsIn(
  link: Link,
  file: LinkedFile,
  call: CallFact,
  names: ReadonlySet<string> | null,
  owners: OwnerLookup | null,
): readonly FunctionEntity[] {
  if (names && !isWorthAsking(call, names)) return NONE;
  const found = targetsOf(link, file, call);
  if (call.callee.root.kind === 'parameter' && isAnybodys(found)) return NONE;
  const method = call.callee.path.at(-1);
  if (found.length > 0 || !owners || method === undefined || isOperation(method)) return found;
  if (link.evaluate(file, call.callee).length > 0) return NONE;
  const receiver = { root: call.callee.root, path: call.callee.path.slice(0, -1) };
  return owners(referenceName(file.facts, receiver), method);
}

/** More than this many things handed to one parameter say that every caller hands over its own. */
const MAX_HANDED = 3;

/** Callbacks of several callers: each call that hands one over has an edge to its own, and none to the others'. */
function isAnybodys(found: readonly FunctionEntity[]): boolean {
  const inline = found.filter(({ file, function: index }) => file.facts.functions[index]?.argumentOf);
  return found.length > MAX_HANDED || inline.length > 1;
}

const NONE: readonly FunctionEntity[] = [];
const NO_CALLS: readonly PlacedCall[] = [];

/** In the second round only member calls can gain by what parameters are handed, and only by a name some function has. */
function isWorthAsking({ callee }: CallFact, names: ReadonlySet<string>): boolean {
  const last = callee.path.at(-1);
  return last !== undefined && names.has(last);
}

/** Names under which a function may be found on an object: its own, and those of properties it is handed over by. */
function functionNames(link: Link): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { facts } of link.files.values()) {
    for (const fact of facts.functions) if (fact.name !== null) names.add(fact.name);
    for (const { arguments: given } of facts.calls) for (const value of given) addKeys(names, value);
  }
  return names;
}

function addKeys(names: Set<string>, value: Value): void {
  if (value.kind !== 'object') return;
  for (const property of value.properties) {
    const named =
      property.value.kind === 'function' ||
      (property.value.kind === 'reference' && NAMING.has(property.value.to.root.kind));
    if (property.kind === 'property' && named) names.add(property.key);
  }
}

const NAMING: ReadonlySet<string> = new Set(['function', 'import', 'this']);

function addIncoming(incoming: Map<LinkedFile, PlacedCall[][]>, target: FunctionEntity, call: PlacedCall): void {
  const ofFile = incoming.get(target.file) ?? [];
  incoming.set(target.file, ofFile);
  const calls = ofFile[target.function] ?? [];
  ofFile[target.function] = calls;
  calls.push(call);
}
