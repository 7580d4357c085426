import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { metricLine } from '#bridge/sources/prometheusLine.ts';
import type { PerformanceReport } from '#shared/report.ts';
import { parseBySchema } from '../jsonSchemas.ts';
import { runCli } from '../runCli.ts';
import { assertClose } from './assertClose.ts';
import { seededProject } from './seededProject.ts';

let root = '';
let page = '';
let report: PerformanceReport;
const hooks: (() => void)[] = [];

before(async () => {
  root = await seededProject({ after: (hook) => hooks.push(hook) });
  report = parseBySchema('report.schema.json', (await runCli(['report', '--format', 'json'], root)).stdout);
  page = (await runCli(['report', '--format', 'prometheus'], root)).stdout;
});

after(() => {
  for (const hook of hooks) hook();
});

/** Values of a metric by their labels, as the reader of metrics pages understands them; fails at a line it does not. */
function series(name: string, text = page): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const line of text.trimEnd().split('\n')) {
    const read = metricLine(line);
    assert.ok(read, line);
    if (read.kind !== 'sample' || read.sample.name !== name) continue;
    const key = JSON.stringify(Object.fromEntries(read.sample.labels));
    assert.ok(!values.has(key), `twice: ${line}`);
    values.set(key, read.sample.value);
  }
  return values;
}

const only = (name: string): number | undefined => series(name).get('{}');

describe('a report as metrics', () => {
  test('says what each metric is before its values, and each once', () => {
    const heads = [...page.matchAll(/^# HELP (\S+) .+\n# TYPE (\S+) (gauge|summary|histogram)\n((?:[^#].*\n)+)/gm)];
    assert.equal(heads.map(([whole]) => whole).join(''), page);
    const names = heads.map(([, help, type]) => {
      assert.equal(help, type);
      return help;
    });
    assert.equal(new Set(names).size, names.length);
    for (const [, name = '', , , body = ''] of heads)
      for (const line of body.trimEnd().split('\n'))
        assert.match(line, new RegExp(`^${name}(_bucket|_sum|_count)?[ {]`));
  });

  test('has the figures of queries, in seconds', () => {
    for (const { id, name, file, measurement, totalMs } of report.queries) {
      const labels = { query: name, file, id };
      const { calls, p95Ms, perRequest } = measurement ?? {};
      const key = JSON.stringify(labels);
      assert.equal(series('querylens_query_duration_seconds_count').get(key), calls);
      assertClose(series('querylens_query_duration_seconds_sum').get(key), (totalMs ?? 0) / 1000, name);
      const p95 = series('querylens_query_duration_seconds').get(JSON.stringify({ ...labels, quantile: '0.95' }));
      assertClose(p95, p95Ms === null ? undefined : (p95Ms ?? 0) / 1000, name);
      assert.equal(series('querylens_query_executions_per_request').get(key), perRequest ?? undefined);
    }
  });

  test('has a histogram of the whole whose buckets hold those before them', () => {
    const buckets = [...series('querylens_duration_seconds_bucket').values()];
    assert.deepEqual(
      buckets,
      buckets.toSorted((a, b) => a - b),
    );
    const { executions = 0, totalMs = 0, buckets: told = [] } = report.periods?.whole ?? {};
    assert.equal(buckets.length, told.length + 1);
    assert.deepEqual([buckets.at(-1), only('querylens_duration_seconds_count')], [executions, executions]);
    assertClose(only('querylens_duration_seconds_sum'), totalMs / 1000, 'sum');
    assert.equal(series('querylens_duration_seconds_bucket').get('{"le":"0.1"}'), sumUpTo(told, 100));
  });

  test('has routes, findings, budgets and what is gone', () => {
    const titles = report.routes.find(({ name }) => name === 'GET /titles')?.measured;
    const key = JSON.stringify({ route: 'GET /titles', file: 'src/app.ts' });
    assert.equal(series('querylens_route_queries_per_request').get(key), titles?.queries?.callsPerRequest);
    assert.equal(series('querylens_route_duration_p95_seconds').get(key), (titles?.answers?.p95Ms ?? 0) / 1000);
    const findings = [...series('querylens_findings').values()].reduce((sum, each) => sum + each, 0);
    assert.equal(findings, report.findings.length);
    const crossed = [...series('querylens_budget_crossed').values()].filter((value) => value === 1);
    assert.equal(crossed.length, report.budgets.filter(({ state }) => state === 'crossed').length);
    assert.equal(only('querylens_gone_executions'), report.overview.gone.executions);
  });

  test('has as many queries as it is told, the dearest first', async () => {
    const { stdout } = await runCli(['report', '--format', 'prometheus', '--rows', '1'], root);
    const dearest = report.queries.toSorted((a, b) => (b.totalMs ?? 0) - (a.totalMs ?? 0))[0];
    const [key, ...others] = series('querylens_query_duration_seconds_count', stdout).keys();
    assert.deepEqual([JSON.parse(key ?? '').id, others], [dearest?.id, []]);
  });

  test('leaves out what was not measured', async () => {
    const { status, stdout } = await runCli(['report', '--format', 'prometheus', '--no-evidence'], root);
    assert.equal(status, 0);
    assert.match(stdout, /^querylens_queries 5$/m);
    assert.doesNotMatch(stdout, /duration|last_seen|NaN|null|undefined/);
  });
});

function sumUpTo(buckets: readonly { readonly upToMs: number; readonly calls: number }[], ms: number): number {
  return buckets.filter(({ upToMs }) => upToMs <= ms).reduce((sum, { calls }) => sum + calls, 0);
}
