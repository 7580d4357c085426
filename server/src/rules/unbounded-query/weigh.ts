import { filterBound } from '#graph/filterBound.ts';
import { type ModelSize, modelSize, standsAlone } from '#graph/modelSize.ts';
import { objectKeys } from '#graph/objectKeys.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { occasionOf } from '#graph/reach.ts';
import type { Model } from '#schema/schemaModel.ts';
import type { Proof, Severity } from '#shared/finding.ts';
import type { ProjectSettings } from '#shared/settings.ts';

/** Why a list query has no bound, and how much that matters. */
export interface Unbounded {
  /** The table, where it is not the model of the site. */
  readonly model?: string;
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
  return weighWhole(graph, site, project, {
    model: site.model,
    size,
    fields,
    filtered,
    narrowed: filter.kind !== 'none',
  });
}

/** What is known of the rows that nothing bounds. */
export interface WholeTable {
  readonly model: Model;
  readonly size: Exclude<ModelSize, 'small'>;
  readonly fields: readonly string[];
  readonly filtered: boolean;
  readonly narrowed: boolean;
}

/** How much it matters that a query reads all the rows of a table its filter lets through. */
export function weighWhole(
  graph: ProjectGraph,
  site: QuerySite,
  project: ProjectSettings,
  { model, size, fields, filtered, narrowed }: WholeTable,
): Unbounded {
  const occasion = occasionOf(graph, site.function.id);
  const whole = !narrowed && occasion === 'request';
  const remembered = graph.evidenceIn(site.function.id).some((evidence) => evidence.kind === 'cache');
  if (whole && size === 'growing' && !remembered && !standsAlone(model, project))
    return { kind: 'whole', fields, filtered, proof: 'schema' };
  const quiet = fields.length > 1 || (size === 'unknown' && !whole) || occasion === 'unknown';
  return { kind: 'whole', fields, filtered, proof: 'schema', severity: quiet ? 'hint' : 'info' };
}
