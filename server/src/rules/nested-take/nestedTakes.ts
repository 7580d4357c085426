import { loadStrategy } from '#graph/loadStrategy.ts';
import { modelSize, pilesUp } from '#graph/modelSize.ts';
import { objectKeys } from '#graph/objectKeys.ts';
import type { ProjectGraph, QuerySite, ResolvedValue } from '#graph/projectGraph.ts';
import { occasionOf } from '#graph/reach.ts';
import { type SelectedRelation, selectedLevels } from '#graph/selectedRelations.ts';
import type { Severity } from '#shared/finding.ts';
import type { Location } from '#shared/location.ts';
import type { ProjectSettings } from '#shared/settings.ts';

/** A list of related rows that is cut only after all of it was read. */
export interface NestedTake {
  readonly site: QuerySite;
  readonly relation: SelectedRelation;
  readonly keys: readonly string[];
  readonly at: Location;
  readonly severity: Severity;
}

/** Related lists of a read whose `take` or `skip` stays in memory. */
export function* nestedTakes(graph: ProjectGraph, site: QuerySite, project: ProjectSettings): Generator<NestedTake> {
  if (loadStrategy(graph, site) !== 'query') return;
  for (const { relations } of selectedLevels(graph, site)) {
    for (const relation of relations) {
      const keys = ['take', 'skip'].filter((key) => relation.args.keys.has(key));
      const value = relation.args.keys.get(keys[0] ?? '')?.values[0];
      if (!relation.field.list || !value || isCutByDatabase(site, relation)) continue;
      const severity = weigh(graph, site, relation, project);
      if (severity) yield { site, relation, keys, at: { file: value.file, span: value.value.span }, severity };
    }
  }
}

/** The first version whose queries are compiled; the engine before it cut the list of a single row in the database, whatever found the row. */
const COMPILED_SINCE = 7;

function isCutByDatabase({ schema }: QuerySite, { parents, path }: SelectedRelation): boolean {
  if (parents === 'many') return false;
  return (parents === 'unique' && path.length === 1) || (schema.prismaMajor ?? 0) < COMPILED_SINCE;
}

function weigh(
  graph: ProjectGraph,
  site: QuerySite,
  { model, parents, args }: SelectedRelation,
  project: ProjectSettings,
): Severity | null {
  const size = modelSize(graph, model, project);
  if (size === 'small' || args.keys.get('where')?.values.some((where) => pins(graph, model, where))) return null;
  const piles = pilesUp(graph, model, project);
  const waited = occasionOf(graph, site.function.id) === 'request';
  if (parents === 'many') return piles ? (waited ? 'warning' : 'info') : 'hint';
  return piles ? 'info' : 'hint';
}

/** `where: { userId }`: few rows of each parent are left to cut. */
function pins(graph: ProjectGraph, model: SelectedRelation['model'], where: ResolvedValue): boolean {
  return [...objectKeys(graph, where).keys].some(([name, { values }]) => {
    const field = model.fields.get(name);
    if (field?.kind !== 'scalar' || /^(Boolean|DateTime)$/.test(field.type)) return false;
    return values.every((given) => {
      const { value } = graph.resolve(given.file, given.value);
      return value.kind !== 'object' && value.kind !== 'literal' && value.kind !== 'undefined';
    });
  });
}
