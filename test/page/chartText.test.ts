import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { histogramText, seriesText, trendText } from '#page/charts/chartText.ts';

const HOUR = 3_600_000;

describe('charts in words', () => {
  test('where most executions are, and the longest', () => {
    const bins = [
      { upToMs: 1, calls: 3 },
      { upToMs: 2, calls: 1500 },
      { upToMs: 400, calls: 1 },
      { upToMs: 800, calls: 0 },
    ];
    assert.equal(
      histogramText(bins),
      '1,504 executions by time. Most, 1,500, took about 2 ms; the longest up to 400 ms.',
    );
    assert.equal(histogramText([]), 'No executions');
  });

  test('how the hours went', () => {
    const hours = [9, null, 30, 12].map((p95Ms, index) => ({ hour: index * HOUR, calls: 1, p95Ms }));
    assert.equal(trendText(hours), 'p95 in 3 hours: 9 ms at 1 Jan, 00:00, 12 ms at 1 Jan, 03:00, at most 30 ms.');
    assert.equal(trendText([]), 'No times are known');
  });

  test('how a figure went, and what was deployed', () => {
    const series = { times: [0, HOUR, 2 * HOUR, 3 * HOUR], values: [9, null, 30, 12] };
    const deploy = { executions: 1, totalMs: 1, p95Ms: 1, maxMs: 1, slow: 0, lastSeen: 0, callsPerRequest: null };
    const deploys = [
      { ...deploy, name: null, firstSeen: 0 },
      { ...deploy, name: 'v2', firstSeen: 2 * HOUR },
    ];
    assert.equal(
      seriesText('p95 by hour (UTC)', series, (ms) => `${ms} ms`, deploys),
      'p95 by hour (UTC): 9 ms at 1 Jan, 00:00, 12 ms at 1 Jan, 03:00, at most 30 ms at 1 Jan, 02:00. Deploys: v2 from 1 Jan, 02:00.',
    );
    assert.equal(seriesText('p95', { times: [0], values: [null] }, String, []), 'p95: nothing is known');
  });
});
