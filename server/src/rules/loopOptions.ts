import { z } from 'zod';

/** Options of rules about loops. */
export const LOOP_OPTIONS = z.object({
  ignoreUpTo: z.number().int().min(0).default(10).describe('Loops known to take at most so many turns are left alone.'),
});
