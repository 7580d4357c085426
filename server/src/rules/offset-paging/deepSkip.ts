import { filterBound } from '#graph/filterBound.ts';
import { type Origin, originsOf } from '#graph/inputs/origins.ts';
import { modelSize, pilesUp } from '#graph/modelSize.ts';
import { objectKeys } from '#graph/objectKeys.ts';
import { isInside } from '#graph/places.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { isForStaff } from '#graph/roles.ts';
import type { Location } from '#shared/location.ts';
import type { ProjectSettings } from '#shared/settings.ts';

/** A `skip` that goes as far as a request says. */
export interface DeepSkip {
  readonly origin: Origin;
  /** The number as it stands in the query, null where the arguments are made elsewhere. */
  readonly at: Location | null;
}

/** Null where a cursor pages, the number is bounded, or the rows that may be skipped are few. */
export function deepSkip(graph: ProjectGraph, site: QuerySite, project: ProjectSettings): DeepSkip | null {
  const { file, args, model } = site;
  if (site.operation !== 'findMany' || !args || !model) return null;
  const { keys } = objectKeys(graph, { file, value: args });
  if (keys.has('cursor') || !mayBeLong(graph, site, project)) return null;
  const sizes = originsOf(graph, { file, value: args }, ['take']).map(keyOf);
  const origin = originsOf(graph, { file, value: args }, ['skip']).find((each) => !sizes.includes(keyOf(each)));
  if (!origin || origin.part === 'arguments' || isForStaff(origin.at.file) || isForStaff(file)) return null;
  const skip = keys.get('skip')?.values[0];
  const inPlace = skip && skip.file === file && isInside(skip.value.span, site.call.span);
  return { origin, at: inPlace ? { file, span: skip.value.span } : null };
}

/** The size of a page is part of what is skipped, and another matter. */
function keyOf({ part, name }: Origin): string {
  return `${part} ${name}`;
}

/** All rows of a growing model, or rows that pile up below what the filter names. */
function mayBeLong(graph: ProjectGraph, site: QuerySite, project: ProjectSettings): boolean {
  if (!site.model || modelSize(graph, site.model, project) !== 'growing') return false;
  const filter = filterBound(graph, site);
  return filter.kind === 'none' || (filter.kind === 'narrowed' && pilesUp(graph, site.model, project));
}
