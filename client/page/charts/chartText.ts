import type { HourFigures, LatencyBin } from '#shared/measurement.ts';
import { msText } from '#words/quantities.ts';
import { plural } from '../count.ts';

/** What a histogram shows, for those who do not see it. */
export function histogramText(bins: readonly LatencyBin[]): string {
  const total = bins.reduce((sum, { calls }) => sum + calls, 0);
  const most = bins.reduce<LatencyBin | null>((best, bin) => (best && best.calls >= bin.calls ? best : bin), null);
  if (!most) return 'No executions';
  const longest = bins.findLast(({ calls }) => calls > 0) ?? most;
  return `${plural(total, 'execution')} by time. Most, ${most.calls.toLocaleString('en-US')}, took about ${msText(most.upToMs)}; the longest up to ${msText(longest.upToMs)}.`;
}

/** What a trend shows, for those who do not see it. */
export function trendText(hours: readonly HourFigures[]): string {
  const known = hours.flatMap(({ hour, p95Ms }) => (p95Ms === null ? [] : [{ hour, p95Ms }]));
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return 'No times are known';
  return `p95 in ${plural(known.length, 'hour')}: ${msText(first.p95Ms)} at ${hourAndDay(first.hour)}, ${msText(last.p95Ms)} at ${hourAndDay(last.hour)}, at most ${msText(Math.max(...known.map(({ p95Ms }) => p95Ms)))}.`;
}

/** `20 Nov, 14:00`, by UTC. */
export function hourAndDay(time: number): string {
  return FORMAT.format(time);
}

const FORMAT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});
