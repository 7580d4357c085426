import type { CallFact, FunctionFact, LoopFact } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';
import { type CallEdge, type EdgeLoop, functionId } from '../projectGraph.ts';
import { createCallbackRuns } from './callbackRuns.ts';
import type { CallTable } from './callTargets.ts';
import type { FunctionEntity, Link, LinkedFile } from './entities.ts';

/** All edges of the project, in order of files and calls. */
export function* callEdges(link: Link, calls: CallTable): Generator<CallEdge> {
  const loopOfRun = createCallbackRuns(calls);
  for (const file of link.files.values()) {
    const written = writtenCallbacks(file);
    const loops = callbackLoops(file);
    for (const call of file.facts.calls) {
      const from = functionId(file.path, call.function);
      const targets = calls.targets(file, call.index);
      for (const target of targets) {
        yield { from, to: idOf(target), call, kind: call.kind === 'render' ? 'render' : 'call', loop: null };
      }
      for (const { callback, argument } of callbacksOf(link, file, call, written.get(call.index) ?? [])) {
        const own = ownLoop(file, call, callback, loops.get(call.index));
        const loop = own ?? firstLoop(targets, (target) => loopOfRun(target, argument, call.arguments));
        yield { from, to: idOf(callback), call, kind: 'callback', loop };
      }
    }
  }
}

interface Callback {
  readonly callback: FunctionEntity;
  readonly argument: number;
}

function idOf({ file, function: index }: FunctionEntity) {
  return functionId(file.path, index);
}

/** Functions handed to a call, written in place or by name; of a component's props only those it renders with. */
function callbacksOf(
  link: Link,
  file: LinkedFile,
  call: CallFact,
  written: readonly FunctionFact[],
): readonly Callback[] {
  const found: Callback[] = [];
  for (const fact of written) {
    const place = fact.argumentOf;
    if (!place || (call.kind === 'render' && !isRenderedWith(place.path[0] ?? ''))) continue;
    found.push({ callback: { kind: 'function', file, function: fact.index }, argument: place.argument });
  }
  if (call.kind === 'render' || call.kind === 'tagged') return found;
  call.arguments.forEach((value, argument) => {
    for (const named of namedFunctions(value)) {
      for (const entity of link.evaluateValue(file, named)) {
        if (entity.kind === 'function') found.push({ callback: entity, argument });
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

function ownLoop(
  file: LinkedFile,
  call: CallFact,
  callback: FunctionEntity,
  loop: LoopFact | undefined,
): EdgeLoop | null {
  if (!loop) return null;
  const isBody =
    loop.body === null ? call.arguments.length > 0 : callback.file === file && loop.body === callback.function;
  return isBody ? { file: file.path, loop, over: loop.over } : null;
}

function firstLoop(
  targets: readonly FunctionEntity[],
  loopOf: (target: FunctionEntity) => EdgeLoop | null,
): EdgeLoop | null {
  for (const target of targets) {
    const loop = loopOf(target);
    if (loop) return loop;
  }
  return null;
}

function writtenCallbacks({ facts }: LinkedFile): ReadonlyMap<number, readonly FunctionFact[]> {
  return Map.groupBy(
    facts.functions.filter((fact) => fact.argumentOf !== null),
    (fact) => fact.argumentOf?.call ?? -1,
  );
}

function callbackLoops({ facts }: LinkedFile): ReadonlyMap<number, LoopFact> {
  return new Map(facts.loops.filter((loop) => loop.kind === 'callback').map((loop) => [loop.call ?? -1, loop]));
}
