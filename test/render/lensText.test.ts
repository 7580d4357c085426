import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { entryLens, siteLens } from '#render/lensText.ts';
import { DEFAULT_EDITOR_SETTINGS } from '#shared/editorSettings.ts';
import type { Finding, Severity } from '#shared/finding.ts';
import type { Measurement } from '#shared/measurement.ts';
import { madeUpFinding } from '#test/support/madeUpFinding.ts';

const FORMAT = DEFAULT_EDITOR_SETTINGS.codeLens.format;

function findings(...rules: readonly (readonly [rule: string, severity?: Severity])[]): readonly Finding[] {
  return rules.map(([rule, severity = 'warning'], at) => madeUpFinding({ id: String(at), rule, severity }));
}

describe('siteLens', () => {
  const check = (runs: string, list: readonly Finding[], expected: string | null, format = FORMAT): void =>
    assert.equal(siteLens({ runs, findings: list, measurement: null }, format), expected);

  test('has nothing to say of a query that is fine', () => check('1', [], null));
  test('says how often it runs', () => check('N', [], 'N queries'));
  test('names a missing index and counts it once', () => check('1', findings(['missing-index']), 'no index'));
  test('sets parts apart', () =>
    check('N', findings(['missing-index'], ['n-plus-one'], ['over-fetching']), 'N queries · no index · 2 findings'));
  test('leaves hints out', () => check('1', findings(['over-fetching', 'hint']), null));
});

describe('siteLens of a measured call', () => {
  const measurement: Measurement = {
    ...{ match: 'shape', calls: 4100, meanMs: 21, maxMs: 1234, p50Ms: 3, p95Ms: 212, p99Ms: 640 },
    ...{ perRequest: 37, perHour: 4100, lastSeen: 0 },
  };
  const check = (format: string, expected: string | null): void =>
    assert.equal(siteLens({ runs: 'N', findings: findings(['n-plus-one']), measurement }, format), expected);

  test('begins with its figures', () =>
    check(FORMAT, 'p50 3 ms · p95 212 ms · 4.1k calls/h · 37 per request · N queries · 1 finding'));
  test('says them where the format wants them', () =>
    check('{queries} [{measured}]', 'N queries [p50 3 ms · p95 212 ms · 4.1k calls/h · 37 per request]'));
  test('leaves them out of a format without them', () => check('{findings}', '1 finding'));
});

describe('entryLens', () => {
  const counted = (queries: string | null, format: string, expected: string): void =>
    assert.equal(entryLens({ queries, measured: 38, findings: [] }, format), expected);

  test('says what was counted beside the formula', () => counted('1 + N', FORMAT, '1 + N queries (38 measured)'));
  test('says what was counted where there is no formula', () => counted(null, FORMAT, '38 measured per request'));
  test('leaves it out of a format without it', () => counted('1 + N', '{queries}', '1 + N queries'));

  const check = (queries: string | null, list: readonly Finding[], format: string, expected: string | null): void =>
    assert.equal(entryLens({ queries, measured: null, findings: list }, format), expected);

  test('counts one query', () => check('1', [], FORMAT, '1 query'));
  test('counts several', () => check('1 + N', [], FORMAT, '1 + N queries'));
  test('has nothing to say where nothing is known', () => check(null, [], FORMAT, null));
  test('keeps to the format', () =>
    check('2', findings(['n-plus-one']), 'Querylens: {queries} ({findings})', 'Querylens: 2 queries (1 finding)'));
  test('drops what stands before an empty part', () => check('2', [], '{queries}, {findings}', '2 queries'));
  test('a format without parts says nothing', () => check('2', findings(['n-plus-one']), 'hello', null));
});
