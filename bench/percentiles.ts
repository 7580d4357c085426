/** `p50 12.3  p95 40.1  p99 51.0` of milliseconds. */
export function percentiles(values: readonly number[]): string {
  return [50, 95, 99].map((rank) => `p${rank} ${percentile(values, rank).toFixed(1).padStart(7)}`).join('  ');
}

/** The smallest value that so many percent of all do not exceed. */
export function percentile(values: readonly number[], rank: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((rank / 100) * sorted.length) - 1)] ?? 0;
}
