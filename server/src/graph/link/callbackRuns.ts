import type { FileFacts, LoopFact } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';
import type { EdgeLoop } from '../projectGraph.ts';
import type { Key, Trace } from '../trace.ts';
import type { Target } from './callTargets.ts';

/** How a function runs what it is handed: the loop around it, if any, and which parameter that loop goes over. */
export interface CallbackRun {
  readonly file: string;
  readonly loop: LoopFact;
  readonly over: { readonly parameter: number } | null;
}

/** Helpers calling helpers are followed so far. */
const MAX_DEPTH = 3;

/** Finds the loop behind a per-element callback of the project's own functions; answers do not depend on what was asked before. */
export function createCallbackRuns({ facts: factsOf, targets, trace }: CallbackGrounds): LoopOfRun {
  const answers = new Map<string, { readonly run: CallbackRun | null; readonly keys: readonly Key[] }>();
  const indices = new WeakMap<FileFacts, ParameterUses>();

  function runOf(target: Target, parameter: number, depth: number): CallbackRun | null {
    const key = `${target.path}#${target.function}.${parameter}.${depth}`;
    const known = answers.get(key);
    if (known) trace.readAll(known.keys);
    if (known) return known.run;
    trace.begin();
    const run = findRun(target, parameter, depth);
    answers.set(key, { run, keys: trace.end() });
    return run;
  }

  function findRun({ path, function: index }: Target, parameter: number, depth: number): CallbackRun | null {
    const facts = factsOf(path);
    if (!facts) return null;
    const uses = indices.get(facts) ?? indexUses(facts);
    indices.set(facts, uses);
    for (const { call, position } of uses.get(`${index}.${parameter}`) ?? []) {
      const loop = loopAround(facts, call, index, position);
      const around = loop && { file: path, loop, over: parameterOf(loop.over, index) };
      if (around && isPerElement(around.loop)) return around;
      const inner = position === null || depth === 0 ? null : passedOn(facts, call, position, index, depth - 1);
      if (inner ?? around) return inner ?? around;
    }
    return null;
  }

  function passedOn(
    facts: FileFacts,
    call: number,
    position: number,
    owner: number,
    depth: number,
  ): CallbackRun | null {
    for (const target of targets(facts.path, call)) {
      const run = runOf(target, position, depth);
      const over = run?.over ? facts.calls[call]?.arguments[run.over.parameter] : undefined;
      if (run) return { ...run, over: parameterOf(over ?? null, owner) };
    }
    return null;
  }

  return (target, parameter, given) => {
    const run = runOf(target, parameter, MAX_DEPTH);
    return run ? { file: run.file, loop: run.loop, over: run.over ? (given[run.over.parameter] ?? null) : null } : null;
  };
}

/** Whoever answers writes down in the trace what was asked. */
export interface CallbackGrounds {
  facts(path: string): FileFacts | null;
  targets(path: string, call: number): readonly Target[];
  readonly trace: Trace;
}

/** The loop in which a function runs what it is handed by a parameter, null where it runs it once or not at all. */
export type LoopOfRun = (target: Target, parameter: number, given: readonly Value[]) => EdgeLoop | null;

/** By `function.parameter`: calls of the parameter (position null) and calls it is handed to. */
type ParameterUses = ReadonlyMap<string, readonly { readonly call: number; readonly position: number | null }[]>;

function indexUses(facts: FileFacts): ParameterUses {
  const uses = new Map<string, { call: number; position: number | null }[]>();
  const add = (functionIndex: number, parameter: number, call: number, position: number | null) => {
    const key = `${functionIndex}.${parameter}`;
    uses.set(key, [...(uses.get(key) ?? []), { call, position }]);
  };
  for (const { index, callee, arguments: given } of facts.calls) {
    if (callee.root.kind === 'parameter' && callee.path.length === 0)
      add(callee.root.function, callee.root.index, index, null);
    given.forEach((value, position) => {
      if (value.kind === 'reference' && value.to.root.kind === 'parameter' && value.to.path.length === 0)
        add(value.to.root.function, value.to.root.index, index, position);
    });
  }
  return uses;
}

/** The outermost loop between a function's body and a call inside it, through nested callbacks; slices and attempts only if there is no other. */
function loopAround(facts: FileFacts, callIndex: number, owner: number, position: number | null): LoopFact | null {
  let found =
    position === null
      ? null
      : (facts.loops.find((loop) => loop.kind === 'callback' && loop.call === callIndex && loop.body === null) ?? null);
  let call = facts.calls[callIndex];
  for (let depth = 0; call && depth < 20; depth++) {
    for (const index of call.loops.toReversed()) found = outer(found, facts.loops[index]);
    if (call.function === owner) return found;
    const holder: number = call.function;
    found = outer(
      found,
      facts.loops.find((loop) => loop.kind === 'callback' && loop.body === holder),
    );
    const inner = facts.functions[holder];
    call = inner?.argumentOf ? facts.calls[inner.argumentOf.call] : undefined;
  }
  return found;
}

function outer(found: LoopFact | null, around: LoopFact | undefined): LoopFact | null {
  return around && (!found || isPerElement(around)) ? around : found;
}

function isPerElement({ shape }: LoopFact): boolean {
  return /^(each|literal|counted|search|unknown)$/.test(shape.kind);
}

function parameterOf(over: Value | null, owner: number): { readonly parameter: number } | null {
  if (over?.kind !== 'reference' || over.to.root.kind !== 'parameter' || over.to.root.function !== owner) return null;
  return over.to.path.every((step) => step === '[]') ? { parameter: over.to.root.index } : null;
}
