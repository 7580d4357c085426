import type { Finding, RelatedPlace } from '#shared/finding.ts';
import { figuresText } from '#words/measurementText.ts';
import { calleeRange } from '../siteAt.ts';
import { dearest, type SeenCall } from './seenCalls.ts';

/** The finding with the figures of its call, else, if it is weighed by them, of the dearest call it speaks of; and with those of related calls beside them. */
export function withFigures(finding: Finding, seen: readonly SeenCall[], isWeighed: boolean): Finding {
  const own = seen.find((call) => call.own);
  const measurement = own ? own.measurement : isWeighed ? (dearest(seen)?.measurement ?? null) : null;
  const former = own && measurement === null ? own.former : null;
  const related = finding.related.map((place) => withFigure(place, seen));
  return { ...finding, measurement, ...(former && { former }), related };
}

function withFigure(place: RelatedPlace, seen: readonly SeenCall[]): RelatedPlace {
  const call = seen.find(({ own, site }) => !own && site.file === place.file && isAt(site, place));
  if (!call?.measurement) return place;
  return { ...place, message: `${place.message} (${figuresText(call.measurement)})` };
}

function isAt(site: SeenCall['site'], { line, column }: RelatedPlace): boolean {
  const range = calleeRange(site);
  return range.line === line && range.column === column;
}
