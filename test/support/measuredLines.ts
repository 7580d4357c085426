import assert from 'node:assert/strict';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import type { Measurement, Measurements } from '#shared/measurement.ts';

/** What an example says was measured of all its calls of one model and operation. */
export interface MeasuredLine {
  /** `Order.findMany`, or the operation of raw SQL. */
  readonly query: string;
  readonly measurement: Measurement;
}

const LINE = /^\s*\/\/ @measured (?<query>[\w.$]+)(?<figures>(?: \w+=[\w.]+)+)\s*$/;

/** Takes lines such as `// @measured Order.findMany calls=4120 p95=812 perRequest=37` out of a text. */
export function readMeasured(text: string): { readonly text: string; readonly measured: readonly MeasuredLine[] } {
  const lines = text.split('\n');
  const measured = lines.flatMap((line) => {
    const { query, figures } = LINE.exec(line)?.groups ?? {};
    return query && figures ? [{ query, measurement: measurement(figures) }] : [];
  });
  return { text: lines.filter((line) => !LINE.test(line)).join('\n'), measured };
}

/** The same by call site. */
export function measurementsOf(graph: ProjectGraph, lines: readonly MeasuredLine[]): Measurements {
  const found = lines.flatMap(({ query, measurement }) => {
    const sites = graph.sites.filter(
      ({ model, operation }) => query === [model?.name, operation].filter(Boolean).join('.'),
    );
    assert.ok(sites.length > 0, `something is measured of ${query}, which the example does not call`);
    return sites.map(({ id }) => [id, measurement] as const);
  });
  return new Map(found);
}

const FIGURES = ['calls', 'p50', 'p95', 'mean', 'max', 'perRequest', 'perHour', 'match'];

/** What is not said is as unremarkable as it can be; with a `mean` and no `p95` only totals are known. */
function measurement(figures: string): Measurement {
  const given = new Map(figures.trim().split(' ').map(nameAndValue));
  const number = (name: string, other: number): number => Number(given.get(name) ?? other);
  const p95 = number('p95', 1);
  const mean = number('mean', p95 / 2);
  const spread = { p50Ms: number('p50', mean), p95Ms: p95, p99Ms: p95 };
  return {
    match: MATCHES.find((each) => each === given.get('match')) ?? 'shape',
    ...{ calls: number('calls', 1000), meanMs: mean, maxMs: number('max', Math.max(p95, mean) * 2) },
    ...(given.has('mean') && !given.has('p95') ? { p50Ms: null, p95Ms: null, p99Ms: null } : spread),
    perRequest: given.has('perRequest') ? number('perRequest', 1) : null,
    ...{ perHour: number('perHour', 10), lastSeen: Date.UTC(2026, 10, 20, 14) },
  };
}

const MATCHES: readonly Measurement['match'][] = ['exact', 'shape', 'label', 'model'];

function nameAndValue(text: string): readonly [string, string] {
  const [name = '', value = ''] = text.split('=');
  assert.ok(FIGURES.includes(name), `@measured knows no ${name}, but ${FIGURES.join(', ')}`);
  return [name, value];
}
