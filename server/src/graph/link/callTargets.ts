import type { CallFact } from '#syntax/facts.ts';
import { isOperation } from '../operations.ts';
import { type FunctionId, functionId } from '../projectGraph.ts';
import { referenceName } from '../referenceName.ts';
import type { Entity, FunctionEntity, LinkedFile } from './entities.ts';
import type { Link } from './names.ts';
import { type OutsideCalls, outsideCalls } from './outsideCalls.ts';
import { ownedMethods } from './ownedMethods.ts';

/** A function by its file and index, which outlives the facts it was found in. */
export interface Target {
  readonly path: string;
  readonly function: number;
}

/** Where the calls of one file lead. */
export interface FileCalls {
  /** By call. */
  readonly targets: readonly (readonly Target[] | undefined)[];
  readonly outside: OutsideCalls;
  /** The way back: by function, the calls that run it. */
  readonly outgoing: ReadonlyMap<FunctionId, readonly CallFact[]>;
}

/**
 * The targets of a file's calls. With those of an earlier round, only what that left open is asked again, and names are the last
 * resort where nothing is known of the receiver.
 */
export function callsIn(link: Link, file: LinkedFile, earlier: FileCalls | null = null): FileCalls {
  const targets: (readonly Target[] | undefined)[] = [];
  const outgoing = new Map<FunctionId, CallFact[]>();
  for (const call of file.facts.calls) {
    const found = earlier?.targets[call.index] ?? targetsIn(link, file, call, earlier !== null).map(targetOf);
    if (found.length === 0) continue;
    targets[call.index] = found;
    for (const target of found) addTo(outgoing, functionId(target.path, target.function), call);
  }
  return { targets, outgoing, outside: earlier?.outside ?? outsideCalls(link, file, targets) };
}

/** Functions of the project a call may run. */
function targetsOf(link: Link, file: LinkedFile, call: CallFact): readonly FunctionEntity[] {
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

/** As what outlives the facts at hand. */
export function targetOf({ file, function: index }: FunctionEntity): Target {
  return { path: file.path, function: index };
}

function targetsIn(link: Link, file: LinkedFile, call: CallFact, again: boolean): readonly FunctionEntity[] {
  if (again && !isWorthAsking(link, call)) return [];
  const found = targetsOf(link, file, call);
  if (call.callee.root.kind === 'parameter' && isAnybodys(found)) return [];
  const method = call.callee.path.at(-1);
  if (found.length > 0 || !again || method === undefined || isOperation(method)) return found;
  if (link.evaluate(file, call.callee).length > 0) return [];
  const receiver = { root: call.callee.root, path: call.callee.path.slice(0, -1) };
  return ownedMethods(link, referenceName(file.facts, receiver), method);
}

/** More than this many things handed to one parameter say that every caller hands over its own. */
const MAX_HANDED = 3;

/** Callbacks of several callers: each call that hands one over has an edge to its own, and none to the others'. */
function isAnybodys(found: readonly FunctionEntity[]): boolean {
  const inline = found.filter(({ file, function: index }) => file.facts.functions[index]?.argumentOf);
  return found.length > MAX_HANDED || inline.length > 1;
}

/** In the second round only member calls can gain by what parameters are handed, and only by a name some function has. */
function isWorthAsking({ names, trace }: Link, { callee }: CallFact): boolean {
  const last = callee.path.at(-1);
  if (last === undefined) return false;
  trace.note('function name', last);
  return names.functionNames.named(last).length > 0;
}

function addTo(outgoing: Map<FunctionId, CallFact[]>, id: FunctionId, call: CallFact): void {
  const calls = outgoing.get(id);
  if (calls) calls.push(call);
  else outgoing.set(id, [call]);
}
