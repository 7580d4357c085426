/** Measurements are kept by the hour: times divided by it are hours since 1970. */
export const HOUR_MS = 3_600_000;
