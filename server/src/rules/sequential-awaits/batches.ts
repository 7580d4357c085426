import type { FunctionNode, ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { WaitFact, WaitsFact } from '#syntax/waitFact.ts';
import { areApart } from './modelsApart.ts';
import { type Step, stepOf } from './steps.ts';

/** A step that is waited for, with where the wait stands. */
export interface WaitedStep extends Step {
  readonly wait: WaitFact;
  /** Its place among the waits of its list. */
  readonly position: number;
}

/** Steps in a row of which none uses another, and of which a query is one. */
export type Batch = readonly [WaitedStep, WaitedStep, ...WaitedStep[]];

/** Splits the waits of a list into steps that could run together, each batch as long as it gets. */
export function batchesOf(graph: ProjectGraph, node: FunctionNode, { waits }: WaitsFact): readonly Batch[] {
  const needs = closed(waits);
  const batches: WaitedStep[][] = [[]];
  for (const [position, wait] of waits.entries()) {
    const step = stepOf(graph, node.facts, wait.call);
    if (step?.kind === 'quick') continue;
    if (step === null || step.kind === 'acts' || isGuard(step)) {
      batches.push([]);
      continue;
    }
    const batch = batches.at(-1) ?? [];
    const waited = { ...step, wait, position };
    if (batch.every((other) => !needs[position]?.has(other.position) && isFree(other, step))) batch.push(waited);
    else batches.push([waited]);
    if (step.checks) batches.push([]);
  }
  return batches.flatMap((batch) => asBatch(batch) ?? []);
}

/** By wait: those it hangs on, also by way of others. */
function closed(waits: readonly WaitFact[]): readonly ReadonlySet<number>[] {
  const all: Set<number>[] = [];
  for (const { needs } of waits) all.push(new Set(needs.flatMap((index) => [index, ...(all[index] ?? [])])));
  return all;
}

/** Nobody looks at the answer: it is there to stop what follows, or what follows is meant to find it done. */
function isGuard({ call }: Step): boolean {
  return call.usage.length === 0 && !call.returned;
}

/** Which of the two runs first makes no difference to the other: neither changes what the other may look at. */
function isFree(a: Step, b: Step): boolean {
  if (a.kind !== 'write' && b.kind !== 'write') return true;
  if (a.kind === 'ask' || b.kind === 'ask') return false;
  const pairs = [...pairsOf(a.effects.writes, sitesOf(b)), ...pairsOf(b.effects.writes, sitesOf(a))];
  return pairs.every(([one, other]) => areApart(one, other));
}

function sitesOf({ effects }: Step): Iterable<QuerySite> {
  return [...effects.reads, ...effects.writes];
}

function* pairsOf(these: Iterable<QuerySite>, those: Iterable<QuerySite>): Generator<readonly [QuerySite, QuerySite]> {
  for (const one of these) for (const other of those) yield [one, other];
}

function asBatch(batch: readonly WaitedStep[]): readonly [Batch] | null {
  const [first, second, ...rest] = batch;
  return first && second && batch.some(isCertainQuery) ? [[first, second, ...rest]] : null;
}

/** The database is asked each time, no cache in between. */
function isCertainQuery({ site, effects }: Step): boolean {
  return site !== null && !effects.cached;
}
