import type { RatioSample } from '../sample.ts';
import { isFailure, labelOf, sumOf } from './prometheusLabels.ts';
import type { MetricSample } from './prometheusLine.ts';

/** How often caches hit and requests failed: as the application says it, else from what it counts. */
export function ratiosOf(samples: readonly MetricSample[]): readonly RatioSample[] {
  return [
    ...ratio('cache-hits', toldShare(samples, HIT_RATE) ?? countedHits(samples)),
    ...ratio('errors', toldShare(samples, ERROR_RATE) ?? countedErrors(samples)),
  ];
}

const HIT_RATE = /(?:^|_)cache_(?:\w+_)?hits?_(?:rate|ratio|percent(?:age)?)$/;
const ERROR_RATE = /(?:^|_)(?:http_|api_|request_|response_)?error_(?:rate|ratio|percent(?:age)?)$/;

function ratio(of: RatioSample['of'], value: number | null): readonly RatioSample[] {
  return value === null || !(value >= 0 && value <= 1) ? [] : [{ kind: 'ratio', at: null, of, value }];
}

/** Of several, such as one a cache, the mean; more than 1 is of a hundred. */
function toldShare(samples: readonly MetricSample[], name: RegExp): number | null {
  const told = samples.filter((sample) => name.test(sample.name) && Number.isFinite(sample.value));
  if (told.length === 0) return null;
  const isPercent = told.some((sample) => sample.value > 1 || sample.name.includes('percent'));
  return sumOf(told) / told.length / (isPercent ? 100 : 1);
}

const HITS = /(?:^|_)cache_(?:\w+_)?hits?(?:_total|_count)?$/;
const MISSES = /(?:^|_)cache_(?:\w+_)?miss(?:es)?(?:_total|_count)?$/;
const LOOKUPS = /(?:^|_)cache_(?:\w+_)?(?:requests?|operations?|lookups?|gets?|access(?:es)?)(?:_total)?$/;
const OUTCOMES = ['result', 'status', 'outcome', 'type', 'hit'];

function countedHits(samples: readonly MetricSample[]): number | null {
  const counted = (name: RegExp, outcome: RegExp) =>
    sumOf(
      samples.filter(
        (one) => name.test(one.name) || (LOOKUPS.test(one.name) && outcome.test(labelOf(one, OUTCOMES) ?? '')),
      ),
    );
  const hits = counted(HITS, /^(?:hit|true)$/i);
  const misses = counted(MISSES, /^(?:miss|false)$/i);
  return hits + misses > 0 ? hits / (hits + misses) : null;
}

const REQUESTS =
  /(?:^|_)http_(?:server_)?requests?(?:_total|_seconds_count|_duration_seconds_count|_duration_ms_count)?$/;

function countedErrors(samples: readonly MetricSample[]): number | null {
  const told = samples.filter((sample) => REQUESTS.test(sample.name) && isFailure(sample) !== null);
  const [requests] = Map.groupBy(told, ({ name }) => name).values();
  if (!requests || !(sumOf(requests) > 0)) return null;
  return sumOf(requests.filter(isFailure)) / sumOf(requests);
}
