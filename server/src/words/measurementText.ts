import type { Figures, FormerMeasurement, MatchLevel, Measurement } from '#shared/measurement.ts';
import { agoText, compactCount, dateText, hourText, msText } from './quantities.ts';

/**
 * What was measured of a call, in one line without an end mark: its figures, how many calls they are of, when the last was, and how it is known
 * to be this call. `now` makes `2 h ago` of the date, for what stays on a screen.
 */
export function measurementText(measurement: Measurement, now: number | null = null): string {
  const { calls, lastSeen, match } = measurement;
  const seen = now === null ? hourText(lastSeen) : agoText(lastSeen, now);
  return `${figuresText(measurement)} (${callsText(calls)}, last seen ${seen}; ${matchText(match)})`;
}

/** `p50 3 ms · p95 212 ms · 4.1k calls/h · 37 per request`, for where there is room for one short line. */
export function figuresText(measurement: Measurement): string {
  return [spreadText(measurement), rateText(measurement.perHour), ...repeatText(measurement)].join(' · ');
}

/** `p50 3 ms · p95 212 ms`, or the mean where only totals are known. */
export function spreadText({ meanMs, p50Ms, p95Ms }: Figures): string {
  if (p50Ms === null || p95Ms === null) return `mean ${msText(meanMs)}`;
  return `p50 ${msText(p50Ms)} · p95 ${msText(p95Ms)}`;
}

/** How a measurement is known to be this call's: the level's name, then what it means. */
export function matchText(match: MatchLevel): string {
  return `${match}: ${MATCH[match]}`;
}

/** `before this query was changed (a1b2c3d, 20 Nov 2026): p50 9 ms · p95 412 ms · 4,120 calls`. */
export function formerText(former: FormerMeasurement): string {
  const when = [...(former.commit === null ? [] : [former.commit]), dateText(former.lastSeen)].join(', ');
  const figures = [spreadText(former), ...repeatText(former), callsText(former.calls)].join(' · ');
  return `before this query was changed (${when}): ${figures}`;
}

/** What figures of before and after a change have in common. */
type Changing = Pick<Figures, 'meanMs' | 'p95Ms' | 'perRequest'>;

/** `was 51 queries, 412 ms p95 → 2, 9 ms`; the queries of one request, where requests were told apart both times. */
export function changeText(before: Changing, after: Changing | null): string {
  if (after === null) return `was ${changingText(before)}; not measured since`;
  const often = before.perRequest !== null && after.perRequest !== null ? [perRequestText(after.perRequest)] : [];
  const was = often.length > 0 ? before : { ...before, perRequest: null };
  const ms = before.p95Ms === null || after.p95Ms === null ? after.meanMs : after.p95Ms;
  const now = [...often, msText(ms)].join(', ');
  return `was ${changingText(after.p95Ms === null ? { ...was, p95Ms: null } : was)} → ${now}`;
}

/** `51 queries, 412 ms p95`: what one request makes of them, and how slow they are. */
export function changingText({ meanMs, p95Ms, perRequest }: Changing): string {
  const count = perRequest === null ? '' : perRequestText(perRequest);
  const often = perRequest === null ? [] : [`${count} ${count === '1' ? 'query' : 'queries'}`];
  return [...often, p95Ms === null ? `${msText(meanMs)} on average` : `${msText(p95Ms)} p95`].join(', ');
}

/** `4,120 calls`. */
export function callsText(calls: number): string {
  return `${calls.toLocaleString('en-US')} ${calls === 1 ? 'call' : 'calls'}`;
}

/** `37`; below ten with one decimal where there is one. */
export function perRequestText(perRequest: number): string {
  return perRequest >= 9.95 ? Math.round(perRequest).toLocaleString('en-US') : String(Number(perRequest.toFixed(1)));
}

const MATCH: Readonly<Record<MatchLevel, string>> = {
  exact: 'the call itself was tagged',
  shape: 'no other call sends this SQL',
  label: 'the log names this call',
  model: 'which call of the model it was is not known',
};

/** By the day where it is not even once an hour. */
function rateText(perHour: number): string {
  const [count, unit] = perHour >= 1 ? [perHour, 'h'] : [perHour * 24, 'day'];
  const text = compactCount(count);
  return `${text} ${text === '1' ? 'call' : 'calls'}/${unit}`;
}

/** Once per request is as it should be and not said. */
function repeatText({ perRequest }: Figures): readonly string[] {
  const text = perRequest === null ? '1' : perRequestText(perRequest);
  return text === '1' ? [] : [`${text} per request`];
}
