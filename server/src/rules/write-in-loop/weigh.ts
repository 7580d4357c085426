import { isUncertain, type LoopCall } from '#graph/loops/loopCalls.ts';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import type { Proof, Severity } from '#shared/finding.ts';
import type { CallFact } from '#syntax/facts.ts';
import { bulkForm } from './bulkForm.ts';

/** Turns from which a loop of known length is worth a warning. */
const MANY = 50;

/** How sure and how loud a repeated write is; null when it is not worth a word. */
export function weigh(
  graph: ProjectGraph,
  call: LoopCall,
  ignoreUpTo: number,
): { proof: Proof; severity?: Severity } | null {
  const { bound, by, site } = call.first;
  if (bound.kind === 'few' && bound.size <= ignoreUpTo) return null;
  if (bound.kind === 'unknown' && /Many/.test(site.operation)) return null;
  if (bound.kind === 'unknown' || bound.kind === 'search' || by.kind !== 'loop') return { proof: 'pattern' };
  const bulk = call.sites.some((each) => bulkForm(graph, each) !== 'none');
  if (site.transaction === 'array') return bulk ? { proof: 'schema', severity: 'info' } : null;
  if (!bulk || isOneOfSeveralSteps(graph, call) || isUncertain(call) || (bound.kind === 'few' && bound.size < MANY))
    return { proof: 'schema', severity: 'info' };
  return { proof: 'schema' };
}

/** Each turn waits for other work before it writes, or writes because that failed: putting the writes together means turning the loop around. */
function isOneOfSeveralSteps(graph: ProjectGraph, { first: { by, at, site, steps } }: LoopCall): boolean {
  if (isHandledAlone(graph, at)) return true;
  const inStatement = by.kind === 'loop' && by.loop.kind !== 'callback' && by.file === at.file;
  if (waitsBefore(graph, at.file, at.call, inStatement ? by.loop.header.end : 0)) return true;
  const further = steps.slice(1).map((edge) => ({ file: graph.function(edge.from).file, call: edge.call }));
  if (steps.length > 0) further.push({ file: site.file, call: site.call });
  return further.some(({ file, call }) => waitsBefore(graph, file, call, 0) || waitsForOthers(graph, file, call));
}

/** The function called per element also talks to something else than the database. */
function waitsForOthers(graph: ProjectGraph, file: string, call: CallFact): boolean {
  const calls = graph.files.get(file)?.calls ?? [];
  return calls.some(
    (other) =>
      other.awaited && other.function === call.function && other !== call && graph.siteAt(file, other.index) === null,
  );
}

/** A `catch` behind the write in the same turn: each failure is dealt with by itself. */
function isHandledAlone(graph: ProjectGraph, { file, call }: LoopCall['first']['at']): boolean {
  const innermost = call.loops.at(-1);
  const calls = graph.files.get(file)?.calls ?? [];
  return calls.some(
    (other) =>
      other.function === call.function &&
      other.loops.at(-1) === innermost &&
      other.branches.some(({ kind, test }) => kind === 'catch' && test.start > call.span.end),
  );
}

function waitsBefore(graph: ProjectGraph, file: string, call: CallFact, from: number): boolean {
  if (call.branches.some(({ kind }) => kind === 'catch')) return true;
  const calls = graph.files.get(file)?.calls ?? [];
  return calls.some(
    (other) =>
      other.awaited &&
      other.function === call.function &&
      other.span.start >= from &&
      other.span.end <= call.span.start &&
      graph.siteAt(file, other.index)?.access !== 'write',
  );
}
