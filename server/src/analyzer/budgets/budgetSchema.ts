import { z } from 'zod';

const milliseconds = z.number().positive();
const ratio = z.number().min(0).max(1);

const times = {
  meanMs: milliseconds.describe('Mean time in milliseconds.').optional(),
  p95Ms: milliseconds.describe('95th percentile in milliseconds.').optional(),
  p99Ms: milliseconds.describe('99th percentile in milliseconds.').optional(),
};

/** What a project promises of itself, in its configuration; `querylens check` holds it to that. */
export const budgetSchema = z.strictObject({
  routes: z
    .record(
      z.string(),
      z.strictObject({
        ...times,
        queries: z.number().int().min(0).describe('Calls of Prisma in any one request.').optional(),
      }),
    )
    .describe('By route, such as `GET /api/orders`; `*` stands for any text, and the closest of several counts.')
    .default({}),
  queries: z
    .record(
      z.string(),
      z.strictObject({
        ...times,
        perRequest: z.number().positive().describe('Executions in one request, on average.').optional(),
      }),
    )
    .describe('By query, such as `Order.findMany`; `*` stands for any text, and the closest of several counts.')
    .default({}),
  slowQueries: z
    .strictObject({
      overMs: milliseconds.describe('Executions that take longer are slow.'),
      perHour: z.number().min(0).describe('So many in any one hour at most.'),
    })
    .describe('How many slow queries there may be.')
    .nullable()
    .default(null),
  cacheHitRatio: ratio.describe('At least this share of lookups is answered by the cache.').nullable().default(null),
  errorRatio: ratio.describe('At most this share of requests ends in an error.').nullable().default(null),
});
