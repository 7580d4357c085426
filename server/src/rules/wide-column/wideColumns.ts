import { fetchedShape } from '#graph/fetchedShape.ts';
import { filterBound } from '#graph/filterBound.ts';
import { followUsage } from '#graph/followUsage.ts';
import { holdsLongValues } from '#graph/longValues.ts';
import { takeOf } from '#graph/loops/loopBound.ts';
import { modelSize, pilesUp } from '#graph/modelSize.ts';
import type { ProjectGraph, QuerySite, Table } from '#graph/projectGraph.ts';
import { occasionOf } from '#graph/reach.ts';
import type { Model, ScalarField } from '#schema/schemaModel.ts';
import type { ProjectSettings } from '#shared/settings.ts';

/** Lists up to here are hardly lists. */
const FEW = 5;

/** Wide columns that a list brings unasked and gives away with its rows; where it can be followed who reads them, that is over-fetching's to say. */
export function wideColumns(graph: ProjectGraph, site: QuerySite, project: ProjectSettings): readonly ScalarField[] {
  const { model } = site;
  if (!model || occasionOf(graph, site.function.id) !== 'request' || !hasWide(model)) return [];
  if (modelSize(graph, model, project) === 'small' || !graph.lookUp(SINGLE, model.name)?.has(model)) return [];
  const long = mayBeLong(graph, site, model, project);
  const shape = fetchedShape(graph, site);
  if (!shape || !followUsage(graph, site).escapes.some((path) => path.length === 0)) return [];
  return shape.columns.flatMap(({ field, asked }) =>
    asked === null && isWide(field) && (long || (field.type === 'Bytes' && !isShort(graph, site))) ? [field] : [],
  );
}

/** All rows of a growing model, or rows that pile up below what the filter names: of a short list the width hardly counts. */
function mayBeLong(graph: ProjectGraph, site: QuerySite, model: Model, project: ProjectSettings): boolean {
  if (isShort(graph, site) || modelSize(graph, model, project) !== 'growing') return false;
  return filterBound(graph, site).kind !== 'narrowed' || pilesUp(graph, model, project);
}

function isShort(graph: ProjectGraph, site: QuerySite): boolean {
  return (takeOf(graph, site) ?? Number.POSITIVE_INFINITY) <= FEW || filterBound(graph, site).kind === 'keys';
}

function hasWide({ fields }: Model): boolean {
  return [...fields.values()].some((field) => field.kind === 'scalar' && isWide(field));
}

/** Characters from which a bounded text counts as long. */
const LONG = 2000;

/** By type alone: text without a native type is the ordinary text of its database. */
function isWide(field: ScalarField): boolean {
  const { type, nativeType, nativeLength } = field;
  if (holdsLongValues(field)) return true;
  return type === 'String' && nativeType !== null && (/^Text$/i.test(nativeType) || (nativeLength ?? 0) >= LONG);
}

/** By name: models of which single rows are read, so that there is a place for what a list does not show. */
const SINGLE: Table<ReadonlySet<Model>> = {
  name: 'read singly',
  read: (graph) => {
    const found = new Map<string, Set<Model>>();
    for (const { model, operation, function: home } of graph.sites)
      if (model && home.role === 'app' && /^find(Unique|First)/.test(operation))
        found.set(model.name, (found.get(model.name) ?? new Set()).add(model));
    return found;
  },
  same: (a, b) => a.size === b.size && [...a].every((model) => b.has(model)),
};
