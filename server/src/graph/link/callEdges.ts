import type { CallFact, FileFacts, FunctionFact, LoopFact } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';
import { type CallEdge, type EdgeLoop, functionId } from '../projectGraph.ts';
import type { LoopOfRun } from './callbackRuns.ts';
import type { FileCalls, Target } from './callTargets.ts';
import type { LinkedFile } from './entities.ts';
import type { Link } from './names.ts';

/** A function handed to a call. */
export interface HandedFunction {
  readonly call: number;
  readonly callback: Target;
  readonly argument: number;
}

/** What the calls of a file are handed, in order of calls. */
export function handedFunctions(link: Link, file: LinkedFile): readonly HandedFunction[] {
  const written = writtenCallbacks(file.facts);
  return file.facts.calls.flatMap((call) => callbacksOf(link, file, call, written.get(call.index) ?? []));
}

/** All edges that begin in a file, in order of calls. */
export function edgesFrom(
  facts: FileFacts,
  { targets }: FileCalls,
  handed: readonly HandedFunction[],
  loopOfRun: LoopOfRun,
): readonly CallEdge[] {
  const loops = callbackLoops(facts);
  const callbacks = Map.groupBy(handed, ({ call }) => call);
  return facts.calls.flatMap((call) => {
    const from = functionId(facts.path, call.function);
    const called = targets[call.index] ?? [];
    const kind = call.kind === 'render' ? 'render' : 'call';
    const edges = called.map((target): CallEdge => ({ from, to: idOf(target), call, kind, loop: null }));
    for (const { callback, argument } of callbacks.get(call.index) ?? []) {
      const own = ownLoop(facts, call, callback, loops.get(call.index));
      const loop = own ?? firstLoop(called, (target) => loopOfRun(target, argument, call.arguments));
      edges.push({ from, to: idOf(callback), call, kind: 'callback', loop });
    }
    return edges;
  });
}

function idOf({ path, function: index }: Target) {
  return functionId(path, index);
}

/** Functions handed to a call, written in place or by name; of a component's props only those it renders with. */
function callbacksOf(
  link: Link,
  file: LinkedFile,
  call: CallFact,
  written: readonly FunctionFact[],
): readonly HandedFunction[] {
  const found: HandedFunction[] = [];
  for (const fact of written) {
    const place = fact.argumentOf;
    if (!place || (call.kind === 'render' && !isRenderedWith(place.path[0] ?? ''))) continue;
    found.push({ call: call.index, callback: { path: file.path, function: fact.index }, argument: place.argument });
  }
  if (call.kind === 'render' || call.kind === 'tagged') return found;
  call.arguments.forEach((value, argument) => {
    for (const named of namedFunctions(value)) {
      for (const entity of link.evaluateValue(file, named)) {
        if (entity.kind !== 'function') continue;
        found.push({ call: call.index, callback: { path: entity.file.path, function: entity.function }, argument });
      }
    }
  });
  return found;
}

function isRenderedWith(prop: string): boolean {
  return prop === 'children' || /^render/.test(prop);
}

/** References that may name a function; parameters are left to the calls that hand them over. */
function namedFunctions(value: Value): readonly Value[] {
  if (value.kind === 'reference') return mayNameFunction(value) ? [value] : [];
  if (value.kind === 'object')
    return value.properties.flatMap((property) =>
      property.value.kind === 'reference' ? namedFunctions(property.value) : [],
    );
  return value.kind === 'array' ? value.items.filter((item) => item.kind === 'reference').flatMap(namedFunctions) : [];
}

function mayNameFunction({ to: { root, path } }: Extract<Value, { kind: 'reference' }>): boolean {
  if (root.kind === 'import' || root.kind === 'this') return path.length <= 2;
  return (
    (root.kind === 'function' || root.kind === 'class' || root.kind === 'variable' || root.kind === 'call') &&
    path.length <= 1
  );
}

function ownLoop({ path }: FileFacts, call: CallFact, callback: Target, loop: LoopFact | undefined): EdgeLoop | null {
  if (!loop) return null;
  const isBody =
    loop.body === null ? call.arguments.length > 0 : callback.path === path && loop.body === callback.function;
  return isBody ? { file: path, loop, over: loop.over } : null;
}

function firstLoop(targets: readonly Target[], loopOf: (target: Target) => EdgeLoop | null): EdgeLoop | null {
  for (const target of targets) {
    const loop = loopOf(target);
    if (loop) return loop;
  }
  return null;
}

function writtenCallbacks(facts: FileFacts): ReadonlyMap<number, readonly FunctionFact[]> {
  return Map.groupBy(
    facts.functions.filter((fact) => fact.argumentOf !== null),
    (fact) => fact.argumentOf?.call ?? -1,
  );
}

function callbackLoops(facts: FileFacts): ReadonlyMap<number, LoopFact> {
  return new Map(facts.loops.filter((loop) => loop.kind === 'callback').map((loop) => [loop.call ?? -1, loop]));
}
