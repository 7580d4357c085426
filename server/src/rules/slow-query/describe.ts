import { describeEntry, describeSite } from '#graph/describe.ts';
import { queryPlace } from '#graph/places.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { entryOf, occasionOf } from '#graph/reach.ts';
import type { Measurement } from '#shared/measurement.ts';
import { callsText } from '#words/measurementText.ts';
import { msText } from '#words/quantities.ts';
import type { Report } from '../rule.ts';
import { advice } from './advice.ts';
import type { Slowness } from './slowness.ts';

/** What the code says of a call that turned out to be slow: all of its report but the figures. */
export interface Context extends Omit<Report<Slowness>, 'messageId'> {
  readonly data: Readonly<Record<'query' | 'where' | 'advice', string>>;
}

export function contextOf(graph: ProjectGraph, site: QuerySite): Context {
  const entry = entryOf(graph, site.function.id);
  const isFarther = entry !== null && entry.handler.id !== site.function.id;
  return {
    data: {
      query: describeSite(site),
      where: entry ? `, on behalf of \`${describeEntry(graph, entry)}\`` : '',
      advice: advice(graph, site),
    },
    at: queryPlace(site),
    proof: 'observed',
    ...(occasionOf(graph, site.function.id) === 'job' ? { severity: 'info' as const } : {}),
    symbol: site.function.fact.symbol,
    ...(site.model ? { model: site.model.name } : {}),
    operation: site.operation,
    related: isFarther
      ? [{ at: { file: entry.file, span: entry.fact.span }, message: 'runs for this entry point' }]
      : [],
  };
}

/** The same object again while context and figures are the same, so that a file with slow calls is not judged anew at every key. */
export function report(context: Context, measurement: Measurement, slow: Slowness): Report<Slowness> {
  const { data, ...rest } = context;
  const now: Report<Slowness> = { ...rest, messageId: slow, data: { ...data, ...figures(measurement) } };
  const before = last.get(context);
  if (before && JSON.stringify(before.data) === JSON.stringify(now.data) && before.messageId === slow) return before;
  last.set(context, now);
  return now;
}

const last = new WeakMap<Context, Report<Slowness>>();

function figures({ meanMs, maxMs, p50Ms, p95Ms, calls, perHour }: Measurement): Report['data'] {
  return {
    ...{ p95: msText(p95Ms ?? maxMs), p50: msText(p50Ms ?? meanMs), mean: msText(meanMs), max: msText(maxMs) },
    ...{ calls: callsText(calls), hourly: msText(perHour * meanMs) },
  };
}
