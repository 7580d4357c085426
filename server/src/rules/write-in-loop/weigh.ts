import { isUncertain, type LoopCall } from '#graph/loopCalls.ts';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import type { Proof, Severity } from '#shared/finding.ts';
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
  if (!bulk || isUncertain(call) || (bound.kind === 'few' && bound.size < MANY))
    return { proof: 'schema', severity: 'info' };
  return { proof: 'schema' };
}
