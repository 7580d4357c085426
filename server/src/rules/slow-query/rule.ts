import { z } from 'zod';
import { describeEntry, describeSite } from '#graph/describe.ts';
import { calleePlace } from '#graph/places.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { entryOf, occasionOf } from '#graph/reach.ts';
import type { Measurement } from '#shared/measurement.ts';
import { callsText } from '#words/measurementText.ts';
import { msText } from '#words/quantities.ts';
import { defineRule, type Report } from '../rule.ts';
import { advice } from './advice.ts';
import { slowness } from './slowness.ts';

export const rule = defineRule({
  meta: {
    id: 'slow-query',
    finds: 'Calls that the running system was seen to wait for.',
    why: 'Whoever sends the request waits as long, and a connection of the pool is taken for as long.',
    severity: 'warning',
    stage: 'stable',
    preset: 'recommended',
    prismaCodes: ['BUDGET.TIME_EXCEEDED'],
    needs: ['graph', 'queries', 'measurements'],
    options: z.object({
      p95Ms: z
        .number()
        .positive()
        .default(500)
        .describe('p95 in milliseconds from which a call is slow (what Sentry and perf-sentinel call slow).'),
      meanMs: z
        .number()
        .positive()
        .default(100)
        .describe('Mean in milliseconds from which a call is slow, however few outliers it has.'),
      minSamples: z
        .number()
        .int()
        .min(1)
        .default(20)
        .describe('Executions needed: of fewer than 20, the p95 is the slowest one.'),
    }),
    messages: {
      tail: {
        happens: '`{query}` takes {p95} and more once in 20 times (median {p50}, {calls} measured).',
        costs: 'Together they take {hourly} of each hour{where}.',
        todo: '{advice}',
      },
      mean: {
        happens: '`{query}` takes {mean} on average ({calls} measured, the slowest {max}).',
        costs: 'Together they take {hourly} of each hour{where}.',
        todo: '{advice}',
      },
    },
  },
  *check({ graph, queries, measurements }, options) {
    for (const site of queries) {
      const measurement = measurements.get(site.id);
      if (!measurement || site.function.role !== 'app') continue;
      const slow = slowness(measurement, options);
      if (slow !== null) yield describe(graph, site, measurement, slow);
    }
  },
});

type MessageId = 'tail' | 'mean';

function describe(
  graph: ProjectGraph,
  site: QuerySite,
  measurement: Measurement,
  messageId: MessageId,
): Report<MessageId> {
  const { meanMs, maxMs, p50Ms, p95Ms, calls, perHour } = measurement;
  const entry = entryOf(graph, site.function.id);
  return {
    messageId,
    data: {
      query: describeSite(site),
      ...{ p95: msText(p95Ms ?? maxMs), p50: msText(p50Ms ?? meanMs), mean: msText(meanMs), max: msText(maxMs) },
      ...{ calls: callsText(calls), hourly: msText(perHour * meanMs) },
      where: entry ? `, on behalf of \`${describeEntry(graph, entry)}\`` : '',
      advice: advice(graph, site),
    },
    at: calleePlace(site.file, site.call),
    proof: 'observed',
    ...(occasionOf(graph, site.function.id) === 'job' ? { severity: 'info' as const } : {}),
    symbol: site.function.fact.symbol,
    ...(site.model ? { model: site.model.name } : {}),
    operation: site.operation,
    related:
      entry && entry.handler.id !== site.function.id
        ? [{ at: { file: entry.file, span: entry.fact.span }, message: 'runs for this entry point' }]
        : [],
  };
}
