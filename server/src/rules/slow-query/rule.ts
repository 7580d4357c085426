import { z } from 'zod';
import { defineRule } from '../rule.ts';
import { contextOf, report } from './describe.ts';
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
    needs: ['graph', 'queries', 'measurements', 'remember'],
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
  *check({ graph, queries, measurements, remember }, options) {
    for (const site of queries) {
      const measurement = measurements.get(site.id);
      const slow = measurement && site.function.role === 'app' ? slowness(measurement, options) : null;
      if (!measurement || slow === null) continue;
      for (const call of remember(site, () => [contextOf(graph, site)])) yield report(call, measurement, slow);
    }
  },
});
