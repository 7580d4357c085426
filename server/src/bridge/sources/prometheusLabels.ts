import type { MetricSample } from './prometheusLine.ts';

/** How instrumentations call the same thing, the plainest first. */
export const ROUTE_LABELS: readonly string[] = [
  ...['route', 'http_route', 'path', 'handler', 'endpoint', 'uri', 'url', 'path_template', 'http_target', 'target'],
  'operation',
];
export const METHOD_LABELS: readonly string[] = [
  'method',
  'http_method',
  'http_request_method',
  'verb',
  'request_method',
];
export const STATUS_LABELS: readonly string[] = [
  ...['status_code', 'status', 'code', 'http_status_code', 'http_response_status_code', 'statusCode', 'outcome'],
];
export const PROCESS_LABELS: readonly string[] = [
  ...['instance', 'pod', 'host', 'hostname', 'pid', 'worker', 'process', 'job', 'service', 'app'],
];

/** Null where none of them is there. */
export function labelOf({ labels }: MetricSample, names: readonly string[]): string | null {
  for (const name of names) if (labels.get(name)) return labels.get(name) ?? null;
  return null;
}

/** Whether a request ended in an error of the server; null where no status is told. */
export function isFailure(sample: MetricSample): boolean | null {
  const status = labelOf(sample, STATUS_LABELS);
  return status === null ? null : /^(?:5\d\d|5xx|SERVER_ERROR)$/i.test(status);
}

/** What is not finite counts nothing. */
export function sumOf(samples: readonly MetricSample[]): number {
  return samples.reduce((total, { value }) => total + (Number.isFinite(value) ? value : 0), 0);
}
