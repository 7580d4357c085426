import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metricLine } from '#bridge/sources/prometheusLine.ts';
import { prometheusText, secondsOf } from '#render/prometheusText.ts';

test('names that hold marks are read as they were', () => {
  const route = 'GET /a\\b"c\nd{e}';
  const text = prometheusText([
    { name: 'a_seconds', type: 'gauge', help: 'One\nline \\ more.', samples: [{ labels: { route }, value: 0.5 }] },
  ]);
  const [help, type, sample = '', ...rest] = text.split('\n');
  assert.deepEqual([help, type, rest], ['# HELP a_seconds One\\nline \\\\ more.', '# TYPE a_seconds gauge', ['']]);
  const read = metricLine(sample);
  assert.ok(read?.kind === 'sample');
  assert.deepEqual(
    [read.sample.name, [...read.sample.labels], read.sample.value],
    ['a_seconds', [['route', route]], 0.5],
  );
});

test('what is labelled alike stands once, and what has no values not at all', () => {
  const labels = { route: 'GET /' };
  const text = prometheusText([
    { name: 'a', type: 'gauge', help: 'A.', samples: [1, 2].map((value) => ({ labels, value })) },
    { name: 'b', type: 'gauge', help: 'B.', samples: [] },
  ]);
  assert.equal(text, '# HELP a A.\n# TYPE a gauge\na{route="GET /"} 1\n');
});

test('seconds have no noise', () => {
  assert.deepEqual([secondsOf(300.3), secondsOf(0.001), secondsOf(1e9)], [0.3003, 0.000001, 1e6]);
});
