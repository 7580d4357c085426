import type { RouteSample } from '../sample.ts';
import { timeIn } from './slowLine.ts';

/**
 * Finds, in the lines of an application, what it measured of its own operations: `api.getUser.duration` with count, average and percentiles, as JSON or
 * as `console` prints it, on one line or several.
 */
export interface ApiSummaries {
  /** Whether a line is part of one; then it is nothing else. */
  take(text: string): boolean;
  /** Those that are whole, where `next` is what follows them; null for nothing. Errors are told after what took how long. */
  whole(next: string | null): readonly RouteSample[];
}

const METRIC = /["'`]?\bapi\.([\w.$/:-]{1,120})\.(duration|error|errors)["'`]?\s*(?::|=>|=|-)?\s*\{([^{}]{0,2000})\}/g;
const BEGINS = /\bapi\.[\w.$/:-]{1,120}\.(?:duration|errors?)\b/;
/** In characters: an object that is longer is none of these. */
const MOST_CHARACTERS = 4096;
const MOST_HELD = 1000;

export function apiSummaries(): ApiSummaries {
  let open = '';
  let durations: RouteSample[] = [];
  let at: number | null = null;
  const failures = new Map<string, number>();
  const told = (): readonly RouteSample[] => {
    const all = durations.map((one) => ({ ...one, failed: failures.get(one.route) ?? null }));
    durations = [];
    failures.clear();
    return all;
  };
  const take = (text: string): void => {
    let end = 0;
    for (const { 0: whole, 1: route = '', 2: what, 3: fields = '', index } of text.matchAll(METRIC)) {
      end = index + whole.length;
      const numbers = numbersIn(fields);
      const sample = what === 'duration' ? routeOf(route, at, numbers) : null;
      if (sample) durations.push(sample);
      else if (what !== 'duration') failures.set(route, numbers.get('count') ?? 0);
    }
    const begun = text.slice(end).search(BEGINS);
    open = begun < 0 || text.length - end - begun > MOST_CHARACTERS ? '' : text.slice(end + begun);
  };
  return {
    take: (text) => {
      if (open === '' && !BEGINS.test(text)) return false;
      at = timeIn(text) ?? at;
      take(open === '' ? text : `${open}\n${text}`);
      return true;
    },
    whole: (next) => {
      const goesOn = open !== '' || (next !== null && (isFurther(next) || BEGINS.test(next)));
      return durations.length === 0 || (goesOn && durations.length < MOST_HELD) ? [] : told();
    },
  };
}

/** Between two metrics of one print-out stand brackets at most. */
function isFurther(text: string): boolean {
  return /^[\s{}\],]*$/.test(text);
}

function numbersIn(fields: string): ReadonlyMap<string, number> {
  const found = fields.matchAll(/["'`]?([A-Za-z]\w*)["'`]?\s*[:=]\s*(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)/gi);
  return new Map([...found].map(([, name = '', value]) => [name.toLowerCase(), Number(value)]));
}

function routeOf(route: string, at: number | null, numbers: ReadonlyMap<string, number>): RouteSample | null {
  const [requests, mean] = [numbers.get('count'), numbers.get('average') ?? numbers.get('avg') ?? numbers.get('mean')];
  if (requests === undefined || mean === undefined || !(requests > 0)) return null;
  const time = (name: string) => numbers.get(name) ?? null;
  return {
    ...{ kind: 'route', at, route, requests, totalMs: requests * mean },
    ...{ p50Ms: time('p50'), p95Ms: time('p95'), p99Ms: time('p99'), maxMs: time('max'), failed: null },
  };
}
