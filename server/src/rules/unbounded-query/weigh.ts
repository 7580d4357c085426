import { filterBound } from '#graph/filterBound.ts';
import { modelSize, standsAlone } from '#graph/modelSize.ts';
import { objectKeys } from '#graph/objectKeys.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { occasionOf } from '#graph/reach.ts';
import type { Proof, Severity } from '#shared/finding.ts';
import type { ProjectSettings } from '#shared/settings.ts';

/** Why a list query has no bound, and how much that matters. */
export interface Unbounded {
  readonly kind: 'whole' | 'skip';
  /** What narrows it without bounding it. */
  readonly fields: readonly string[];
  /** It has a filter, if only of flags and text. */
  readonly filtered: boolean;
  readonly proof: Proof;
  readonly severity?: Severity;
}

/** Null when the query is bounded, its table is small, or too little is known of its arguments. */
export function weigh(graph: ProjectGraph, site: QuerySite, project: ProjectSettings): Unbounded | null {
  const { keys, open } = objectKeys(graph, site.args ? { file: site.file, value: site.args } : null);
  if (keys.has('take') || keys.has('distinct') || (open && !keys.has('where'))) return null;
  if (!site.model) return null;
  const size = modelSize(graph, site.model, project);
  if (size === 'small') return null;
  const filter = filterBound(graph, site);
  if (filter.kind === 'keys') return null;
  const fields = filter.kind === 'narrowed' ? filter.fields : [];
  const filtered = keys.has('where');
  if (keys.has('skip') && !open) return { kind: 'skip', fields, filtered, proof: 'schema' };
  if (open || filter.kind === 'unknown') return { kind: 'whole', fields, filtered, proof: 'pattern' };
  const occasion = occasionOf(graph, site.function.id);
  const whole = filter.kind === 'none' && occasion === 'request';
  const remembered = graph.evidenceIn(site.function.id).some((evidence) => evidence.kind === 'cache');
  if (whole && size === 'growing' && !remembered && !standsAlone(site.model, project))
    return { kind: 'whole', fields, filtered, proof: 'schema' };
  const quiet = fields.length > 1 || (size === 'unknown' && !whole) || occasion === 'unknown';
  return { kind: 'whole', fields, filtered, proof: 'schema', severity: quiet ? 'hint' : 'info' };
}
