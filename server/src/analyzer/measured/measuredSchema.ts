import { z } from 'zod';

/** The thresholds of a configuration file; `docs/decisions/` says what spoke for each. */
export const measuredSchema = z.strictObject({
  minSamples: z
    .number()
    .int()
    .min(1)
    .describe('Executions from which a call may be hot (PgHero looks at queries of 100 calls and more).')
    .default(100),
  harmlessSamples: z
    .number()
    .int()
    .min(1)
    .describe('Executions from which a call may be harmless: it takes more to take a finding back than to confirm it.')
    .default(1000),
  slowMs: z
    .number()
    .positive()
    .describe('p95 in milliseconds from which a call is slow and what is found about it rises (Sentry, perf-sentinel).')
    .default(500),
  harmlessMs: z
    .number()
    .min(0)
    .describe(
      'p95 in milliseconds, all executions of one request together, up to which a call is harmless and what is found about it is a hint (half of what PgHero calls slow).',
    )
    .default(10),
  harmlessPerRequest: z
    .number()
    .min(1)
    .describe('Executions in one request, on average, up to which a call in a loop does not repeat.')
    .default(1.5),
  repeatedMs: z
    .number()
    .positive()
    .describe('Milliseconds of one request that the repetitions of a call take, from which they are too many (Sentry).')
    .default(50),
  busyShare: z
    .number()
    .positive()
    .describe(
      "Share of one connection's time, 0.1 is six minutes an hour, from which the executions of a call are dear however short each is.",
    )
    .default(0.1),
});
