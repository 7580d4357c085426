import type { ObjectValue } from '#graph/argumentEdits.ts';
import { type Origin, originsOf } from '#graph/inputs/origins.ts';
import { objectKeys } from '#graph/objectKeys.ts';
import { isInside } from '#graph/places.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { Location } from '#shared/location.ts';
import { rawLimits } from './rawLimits.ts';

/** A query whose number of rows a request chooses. */
export interface Taken {
  readonly site: QuerySite;
  readonly origin: Origin;
  /** The number as it stands in the query, null where the arguments are made elsewhere. */
  readonly at: NumberPlace | null;
}

interface NumberPlace extends Location {
  /** Written as `{ take }`. */
  readonly shorthand: boolean;
}

/** The requests that choose how many rows a query reads. */
export function* taken(graph: ProjectGraph, site: QuerySite): Generator<Taken> {
  const { file } = site;
  if (site.access === 'raw') {
    for (const limit of rawLimits(graph, site))
      for (const origin of originsOf(graph, limit))
        yield { site, origin, at: { file: limit.file, span: limit.value.span, shorthand: false } };
    return;
  }
  if (site.operation !== 'findMany' || !site.args) return;
  const at = placeOf(graph, site);
  for (const origin of originsOf(graph, { file, value: site.args }, ['take'])) yield { site, origin, at };
}

function placeOf(graph: ProjectGraph, { args, call, file }: QuerySite): NumberPlace | null {
  const [take] = args ? (objectKeys(graph, { file, value: args }).keys.get('take')?.values ?? []) : [];
  if (take?.file !== file) return null;
  const { span } = take.value;
  const inPlace = isInside(span, call.span);
  return inPlace ? { file, span, shorthand: args?.kind === 'object' && isShorthand(args, span) } : null;
}

function isShorthand({ properties }: ObjectValue, { start }: Location['span']): boolean {
  return properties.some((each) => each.kind === 'property' && each.key === 'take' && each.keySpan.start === start);
}
