import type { FunctionNode, ProjectGraph } from '#graph/projectGraph.ts';
import type { WaitFact, WaitsFact } from '#syntax/facts.ts';
import { type Read, readOf } from './reads.ts';

/** A read that is waited for, with where the wait stands. */
export interface WaitedRead extends Read {
  readonly wait: WaitFact;
}

/** Reads in a row of which none uses another. */
export type Batch = readonly [WaitedRead, WaitedRead, ...WaitedRead[]];

/** Splits the waits of a list into reads that could run together, each batch as long as it gets. */
export function batchesOf(graph: ProjectGraph, node: FunctionNode, { waits }: WaitsFact): readonly Batch[] {
  const batches: WaitedRead[][] = [[]];
  for (const wait of waits) {
    const read = readOf(graph, node.facts, wait.call);
    const batch = batches.at(-1) ?? [];
    if (read === null || isGuard(read)) batches.push([]);
    else if (batch.some((other) => wait.needs.includes(waits.indexOf(other.wait)))) batches.push([{ ...read, wait }]);
    else batch.push({ ...read, wait });
    if (read?.checks) batches.push([]);
  }
  return batches.flatMap((batch) => asBatch(batch) ?? []);
}

/** Asked without looking at the answer: it is there to stop what follows. */
function isGuard({ call }: Read): boolean {
  return call.usage.length === 0 && !call.returned;
}

function asBatch([first, second, ...rest]: readonly WaitedRead[]): readonly [Batch] | null {
  return first && second ? [[first, second, ...rest]] : null;
}
