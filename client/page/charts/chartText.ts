import type { HourFigures, LatencyBin } from '#shared/measurement.ts';
import type { DeployFigures } from '#shared/periods.ts';
import { msText } from '#words/quantities.ts';
import { plural } from '../count.ts';
import type { TimeSeries } from './timeSeries.ts';

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

/** What a figure over time shows, with the deploys marked in it. */
export function seriesText(
  title: string,
  { times, values }: TimeSeries,
  show: (value: number) => string,
  deploys: readonly DeployFigures[],
): string {
  const known = times.flatMap((time, at) => {
    const value = values[at];
    return typeof value === 'number' ? [{ time, value }] : [];
  });
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return `${title}: nothing is known`;
  const most = known.reduce((greatest, each) => (each.value > greatest.value ? each : greatest));
  const began = deploys.flatMap(({ name, firstSeen }) =>
    name === null ? [] : [`${name} from ${hourAndDay(firstSeen)}`],
  );
  const marked = began.length === 0 ? '' : ` Deploys: ${began.join(', ')}.`;
  return `${title}: ${show(first.value)} at ${hourAndDay(first.time)}, ${show(last.value)} at ${hourAndDay(last.time)}, at most ${show(most.value)} at ${hourAndDay(most.time)}.${marked}`;
}

/** `20 Nov`, by UTC. */
export function dayText(time: number): string {
  return DAY.format(time);
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

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
