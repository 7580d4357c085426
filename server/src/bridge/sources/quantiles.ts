/** How many observations were at most `upTo`, of all there were. */
export interface Bucket {
  /** Infinite for the last one. */
  readonly upTo: number;
  readonly count: number;
}

/**
 * The value at most a share `q` of the observations lie under, as Prometheus's `histogram_quantile` estimates it: linear within the bucket, and
 * the bound below the last bucket where it lies in that. Null without observations or with one bucket alone.
 */
export function quantileOf(buckets: readonly Bucket[], q: number): number | null {
  const sorted = buckets.toSorted((a, b) => a.upTo - b.upTo);
  const total = sorted.at(-1)?.count ?? 0;
  if (!(total > 0) || sorted.length < 2) return null;
  const rank = q * total;
  const at = sorted.findIndex(({ count }) => count >= rank);
  const [bucket, below] = [sorted[at], sorted[at - 1]];
  if (!bucket) return null;
  if (bucket.upTo === Number.POSITIVE_INFINITY) return below?.upTo ?? null;
  const [from, before] = [below?.upTo ?? Math.min(0, bucket.upTo), below?.count ?? 0];
  if (bucket.count === before) return bucket.upTo;
  return from + ((bucket.upTo - from) * (rank - before)) / (bucket.count - before);
}
