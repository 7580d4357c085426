import { HOUR_MS } from '#shared/hour.ts';

/** A time as people say it: `0.35 ms`, `212 ms`, `1.2 s`, `45 s`, `16 min`, `5 h`. */
export function msText(ms: number): string {
  if (ms >= 120 * MINUTE_MS) return `${twoDigits(ms / HOUR_MS)} h`;
  if (ms >= 2 * MINUTE_MS) return `${twoDigits(ms / MINUTE_MS)} min`;
  if (ms >= 999.5) return `${twoDigits(ms / 1000)} s`;
  return `${twoDigits(ms)} ms`;
}

/** `412`, `4.1k`, `41k`, `1.2M`. */
export function compactCount(count: number): string {
  if (count < 999.5) return twoDigits(count);
  return COMPACT.format(count).toLowerCase().replace('m', 'M').replace('b', 'B');
}

/** `20 Nov 2026`, by UTC so that it says the same everywhere. */
export function dateText(time: number): string {
  return DATE.format(time);
}

/** `20 Nov 2026, 14:00 UTC`. */
export function hourText(time: number): string {
  return `${DATE.format(time)}, ${HOUR.format(time)} UTC`;
}

/** `2 h ago`, for what stays on a screen; a time to come, as a wrong clock writes it, is named instead. `time` is the beginning of an hour. */
export function agoText(time: number, now: number): string {
  const hours = Math.floor((now - time) / HOUR_MS);
  if (hours < 0) return hourText(time);
  if (hours < 1) return 'less than an hour ago';
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
}

const MINUTE_MS = 60_000;

const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 2 });
const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const HOUR = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

/** Whole from ten up, below with two digits that count. */
function twoDigits(value: number): string {
  return value >= 9.95 ? String(Math.round(value)) : String(Number(value.toPrecision(2)));
}
