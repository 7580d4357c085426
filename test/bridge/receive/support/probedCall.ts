import type { ProbeSample } from '#shared/probeSample.ts';

/** One call as the probe tells it. */
export const PROBED_CALL: ProbeSample = {
  v: 1,
  at: 1767261600000,
  ms: 2,
  file: 'src/a.ts',
  line: 6,
  column: 35,
  model: 'Post',
  operation: 'count',
};
