import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { measuredDetail, measuredText } from '#render/measuredHover.ts';
import type { FormerMeasurement, Measurement, MeasurementDetail } from '#shared/measurement.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 20, 14, 30);
const FIGURES = { calls: 4100, meanMs: 21, maxMs: 1234, p50Ms: 3, p95Ms: 212, p99Ms: 640, perRequest: 37 };
const MEASURED: Measurement = { ...FIGURES, match: 'shape', perHour: 4100, lastSeen: NOW - 2.5 * HOUR };
const FORMER: FormerMeasurement = { ...FIGURES, match: 'shape', lastSeen: Date.UTC(2026, 10, 2), commit: 'a1b2c3d' };
const NOTHING: MeasurementDetail = { histogram: [], trend: [], slowestPlan: null };

describe('what was measured, in a hover', () => {
  const check = (measurement: Measurement | null, former: FormerMeasurement | null, ...expected: readonly RegExp[]) => {
    const text = measuredText({ measurement, former }, NOW);
    for (const each of expected) assert.match(text, each);
    assert.equal(text === '', expected.length === 0);
  };

  test('of an unmeasured call is nothing', () => check(null, null));
  test('begins with the figures of its lens', () =>
    check(MEASURED, null, /^\*\*Measured:\*\* p50 3 ms · p95 212 ms · 4\.1k calls\/h · 37 per request\n\n/));
  test('says how many, when and how it is known', () =>
    check(MEASURED, null, /4,100 calls, last seen 2 h ago\. Match shape: no other call sends this SQL\./));
  test('says the worst where times are known one by one', () => check(MEASURED, null, /p99 640 ms, slowest 1\.2 s\.$/));
  test('of totals has no worst', () =>
    check({ ...MEASURED, p50Ms: null, p95Ms: null, p99Ms: null }, null, /mean 21 ms/, /sends this SQL\.$/));
  test('tells former figures with commit and date', () =>
    check(null, FORMER, /^Before this query was changed \(a1b2c3d, 2 Nov 2026\): p50 3 ms/));

  test('holds former figures against those of now', () =>
    check(
      { ...MEASURED, p95Ms: 9, perRequest: 2 },
      FORMER,
      /\n\nWas 37 queries, 212 ms p95 → 2, 9 ms\.\n\nBefore this query/,
    ));
});

describe('the pictures behind it', () => {
  const check = (detail: Partial<MeasurementDetail>, expected: string): void =>
    assert.equal(measuredDetail({ ...NOTHING, ...detail }, NOW), expected);
  const hour = (ago: number, calls: number, p95Ms: number | null = null) => ({
    hour: Date.UTC(2026, 10, 20, 14) - ago * HOUR,
    calls,
    p95Ms,
  });

  test('are none where nothing is known', () => check({}, ''));
  test('bars show how times are spread', () =>
    check(
      {
        histogram: [
          { upToMs: 2, calls: 1000 },
          { upToMs: 40, calls: 1 },
        ],
      },
      ['```text', ' ≤ 2 ms  ████████████████████████  1,000', `≤ 40 ms  ▏${' '.repeat(23)}  1`, '```'].join('\n'),
    ));
  test('many bars become few', () => {
    const histogram = Array.from({ length: 20 }, (_, at) => ({ upToMs: 2 ** at, calls: 1 }));
    const text = measuredDetail({ ...NOTHING, histogram }, NOW);
    assert.equal(text.match(/≤/g)?.length, 7);
    assert.equal(
      [...text.matchAll(/ (\d+)$/gm)].reduce((sum, [, calls]) => sum + Number(calls), 0),
      20,
    );
  });
  test('a line shows the hours, with gaps', () =>
    check(
      { trend: [hour(3, 1, 4), hour(1, 4, 8), hour(0, 8, 8)] },
      [
        '```text',
        'calls/h  ▁ ▄█  at most 8',
        'p95      ▄ ██  at most 8 ms',
        '4 hours, the last one less than an hour ago',
        '```',
      ].join('\n'),
    ));
  test('of two hours there is no line', () => check({ trend: [hour(1, 4), hour(0, 8)] }, ''));
  test('the slowest plan is fenced, whatever it holds', () =>
    check(
      { slowestPlan: { ms: 1234, text: 'Seq Scan on "Order"\n```' } },
      'Plan of the slowest execution that has one, 1.2 s:\n\n````text\nSeq Scan on "Order"\n```\n````',
    ));
  test('a long plan is cut', () => {
    const text = Array.from({ length: 40 }, (_, at) => `line ${at}`).join('\n');
    assert.match(measuredDetail({ ...NOTHING, slowestPlan: { ms: 1, text } }, NOW), /line 11\n… 28 more lines\n```$/);
  });
});
