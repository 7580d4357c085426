import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FormerMeasurement, Measurement } from '#shared/measurement.ts';
import { changeText, figuresText, formerText, measurementText } from '#words/measurementText.ts';
import { agoText, msText } from '#words/quantities.ts';

const MEASURED: Measurement = {
  ...{ match: 'exact', calls: 4120, meanMs: 9, p50Ms: 3.04, p95Ms: 212.4, p99Ms: 300, perRequest: null },
  ...{ maxMs: 400, perHour: 4120, lastSeen: Date.UTC(2026, 10, 20, 14) },
};

describe('changeText', () => {
  type Changing = Parameters<typeof changeText>[0];
  const check = (name: string, before: Changing, after: Changing | null, expected: string): void => {
    test(name, () => assert.equal(changeText(before, after), expected));
  };
  const BEFORE = { meanMs: 90, p95Ms: 412, perRequest: 51 };
  const AFTER = { meanMs: 3, p95Ms: 9, perRequest: 2 };

  check('says what it was and is', BEFORE, AFTER, 'was 51 queries, 412 ms p95 → 2, 9 ms');
  check('one query is one', { ...BEFORE, perRequest: 1 }, AFTER, 'was 1 query, 412 ms p95 → 2, 9 ms');
  check(
    'requests are told apart on both sides or on none',
    BEFORE,
    { ...AFTER, perRequest: null },
    'was 412 ms p95 → 9 ms',
  );
  check('so are percentiles', { ...BEFORE, p95Ms: null }, AFTER, 'was 51 queries, 90 ms on average → 2, 3 ms');
  check('and the other way round', BEFORE, { ...AFTER, p95Ms: null }, 'was 51 queries, 90 ms on average → 2, 3 ms');
  check('what did not run since is not known', BEFORE, null, 'was 51 queries, 412 ms p95; not measured since');
});

describe('figuresText', () => {
  const check = (name: string, changed: Partial<Measurement>, expected: string): void => {
    test(name, () => assert.equal(figuresText({ ...MEASURED, ...changed }), expected));
  };

  check('is one short line', { perRequest: 37.04 }, 'p50 3 ms · p95 212 ms · 4.1k calls/h · 37 per request');
  check('totals have a mean alone', { p50Ms: null, p95Ms: null }, 'mean 9 ms · 4.1k calls/h');
  check('once per request is not said', { perRequest: 1.04 }, 'p50 3 ms · p95 212 ms · 4.1k calls/h');
  check(
    'a few per request have a decimal',
    { perRequest: 2.46 },
    'p50 3 ms · p95 212 ms · 4.1k calls/h · 2.5 per request',
  );
  check('what is rare is counted by the day', { perHour: 0.3 }, 'p50 3 ms · p95 212 ms · 7.2 calls/day');
  check('one is one', { perHour: 1 }, 'p50 3 ms · p95 212 ms · 1 call/h');
  check(
    'small and large',
    { p50Ms: 0.0354, p95Ms: 61_200, perHour: 1_240_000 },
    'p50 0.035 ms · p95 61 s · 1.2M calls/h',
  );
  check(
    'rounding up changes the unit',
    { p50Ms: 9.97, p95Ms: 999.7, perHour: 999.7 },
    'p50 10 ms · p95 1 s · 1k calls/h',
  );
  check('seconds have a decimal', { p95Ms: 1234, perHour: 412 }, 'p50 3 ms · p95 1.2 s · 412 calls/h');
  check('nothing is nothing', { p50Ms: 0, p95Ms: 0 }, 'p50 0 ms · p95 0 ms · 4.1k calls/h');
});

describe('measurementText', () => {
  const check = (name: string, changed: Partial<Measurement>, expected: string): void => {
    test(name, () =>
      assert.equal(measurementText({ ...MEASURED, p50Ms: null, ...changed }), `mean 9 ms · ${expected}`),
    );
  };

  check(
    'says of how many calls, when and how surely',
    {},
    '4.1k calls/h (4,120 calls, last seen 20 Nov 2026, 14:00 UTC; exact: the call itself was tagged)',
  );
  check(
    'one call',
    { calls: 1, perHour: 1, match: 'shape' },
    '1 call/h (1 call, last seen 20 Nov 2026, 14:00 UTC; shape: no other call sends this SQL)',
  );
  check(
    'a label',
    { match: 'label' },
    '4.1k calls/h (4,120 calls, last seen 20 Nov 2026, 14:00 UTC; label: the log names this call)',
  );
});

test('on a screen the date is told from now', () =>
  assert.match(measurementText(MEASURED, MEASURED.lastSeen + 7_200_000), /, last seen 2 h ago; /));

describe('formerText', () => {
  const check = (name: string, changed: Partial<FormerMeasurement>, expected: string): void => {
    test(name, () => assert.equal(formerText({ ...MEASURED, commit: 'a1b2c3d', ...changed }), expected));
  };

  check(
    'names the commit and the day',
    {},
    'before this query was changed (a1b2c3d, 20 Nov 2026): p50 3 ms · p95 212 ms · 4,120 calls',
  );
  check(
    'without git the day alone',
    { commit: null, perRequest: 37 },
    'before this query was changed (20 Nov 2026): p50 3 ms · p95 212 ms · 37 per request · 4,120 calls',
  );
});

test('long times are told in minutes and hours', () =>
  assert.deepEqual([119_000, 120_000, 988_800, 7_200_000].map(msText), ['119 s', '2 min', '16 min', '2 h']));

describe('agoText', () => {
  const check = (now: number, expected: string): void => {
    test(expected, () => assert.equal(agoText(MEASURED.lastSeen, now), expected));
  };
  const after = (hours: number): number => MEASURED.lastSeen + hours * 3_600_000;

  check(after(0.9), 'less than an hour ago');
  check(after(2.5), '2 h ago');
  check(after(47.9), '47 h ago');
  check(after(48), '2 days ago');
  check(after(-3), '20 Nov 2026, 14:00 UTC');
});
