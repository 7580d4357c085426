import { HOUR_MS } from '#shared/hour.ts';
import type { FormerMeasurement, LatencyBin, Measurement, MeasurementDetail } from '#shared/measurement.ts';
import { callsText, changeText, figuresText, formerText, matchText } from '#words/measurementText.ts';
import { agoText, compactCount, hourText, msText } from '#words/quantities.ts';
import { barRows, sparkline } from './charts.ts';

/** What the running system was seen to do at a call, as far as it is known. */
export interface Measured {
  readonly measurement: Measurement | null;
  readonly former: FormerMeasurement | null;
  readonly detail: MeasurementDetail | null;
}

/** One paragraph a fact, as Markdown: the figures, how they are known, and those of the query before it was changed; empty where nothing was measured. */
export function measuredText({ measurement, former }: Omit<Measured, 'detail'>, now: number): string {
  const parts = [
    measurement ? `**Measured:** ${figuresText(measurement)}` : '',
    measurement ? `${sampleText(measurement, now)} ${worstText(measurement)}`.trim() : '',
    former && measurement ? `${capitalised(changeText(former, measurement))}.` : '',
    former ? `${capitalised(formerText(former))}.` : '',
  ];
  return parts.filter((text) => text !== '').join('\n\n');
}

/** The pictures behind the figures, as Markdown: how the times are spread, how they went over the hours, the slowest plan; empty where none is known. */
export function measuredDetail(detail: MeasurementDetail, now: number): string {
  const pictures = [histogram(detail.histogram), trend(detail, now)].filter((lines) => lines.length > 0);
  const block = pictures.map((lines) => lines.join('\n')).join('\n\n');
  return [block === '' ? '' : fenced(block), planText(detail)].filter((text) => text !== '').join('\n\n');
}

function sampleText({ calls, lastSeen, match }: Measurement, now: number): string {
  return `${callsText(calls)}, last seen ${agoText(lastSeen, now)}. Match ${matchText(match)}.`;
}

function worstText({ p99Ms, maxMs }: Measurement): string {
  return p99Ms === null ? '' : `p99 ${msText(p99Ms)}, slowest ${msText(maxMs)}.`;
}

/** More rows make a hover that has to be scrolled. */
const MOST_ROWS = 8;

function histogram(bins: readonly LatencyBin[]): readonly string[] {
  const rows = merged(bins).map(({ upToMs, calls }) => ({
    label: `≤ ${msText(upToMs)}`,
    value: calls,
    words: calls.toLocaleString('en-US'),
  }));
  return barRows(rows);
}

/** Neighbours together until they are few enough. */
function merged(bins: readonly LatencyBin[]): readonly LatencyBin[] {
  const each = Math.ceil(bins.length / MOST_ROWS);
  if (each < 2) return bins;
  const groups = Map.groupBy(bins, (bin) => Math.floor(bins.indexOf(bin) / each));
  return [...groups.values()].map((group) => ({
    upToMs: group.at(-1)?.upToMs ?? 0,
    calls: group.reduce((sum, { calls }) => sum + calls, 0),
  }));
}

const MOST_HOURS = 48;
const LEAST_HOURS = 3;

/** An hour in which it did not run is a gap. */
function trend({ trend: hours }: MeasurementDetail, now: number): readonly string[] {
  const last = hours.at(-1)?.hour;
  const seen = hours.filter(({ hour }) => last !== undefined && hour > last - MOST_HOURS * HOUR_MS);
  const [first] = seen;
  if (last === undefined || first === undefined || seen.length < LEAST_HOURS) return [];
  const byHour = new Map(seen.map((each) => [each.hour, each]));
  const span = Array.from({ length: (last - first.hour) / HOUR_MS + 1 }, (_, at) =>
    byHour.get(first.hour + at * HOUR_MS),
  );
  const calls = span.map((each) => each?.calls ?? null);
  const p95 = span.map((each) => each?.p95Ms ?? null);
  return [
    `calls/h  ${sparkline(calls)}  at most ${compactCount(greatest(calls))}`,
    ...(p95.every((ms) => ms === null) ? [] : [`p95      ${sparkline(p95)}  at most ${msText(greatest(p95))}`]),
    `${span.length} hours, the last one ${now - last < 2 * HOUR_MS ? agoText(last, now) : hourText(last)}`,
  ];
}

function greatest(values: readonly (number | null)[]): number {
  return Math.max(0, ...values.flatMap((value) => value ?? []));
}

const MOST_PLAN_LINES = 12;

function planText({ slowestPlan }: MeasurementDetail): string {
  if (!slowestPlan) return '';
  const lines = slowestPlan.text.trimEnd().split('\n');
  const rest = lines.length - MOST_PLAN_LINES;
  const shown = rest > 1 ? [...lines.slice(0, MOST_PLAN_LINES), `… ${rest} more lines`] : lines;
  return `Plan of the slowest execution that has one, ${msText(slowestPlan.ms)}:\n\n${fenced(shown.join('\n'))}`;
}

/** A block that marks of the text itself do not end. */
function fenced(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([marks]) => marks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
