import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { probeLines } from '#bridge/sources/probeLines.ts';
import type { ProbeSample } from '#shared/probeSample.ts';
import { read } from './support/read.ts';

const call: ProbeSample = {
  ...{ v: 1, at: 1795220655265, ms: 3.5, file: 'src/orders.ts', line: 12, column: 20 },
  ...{ model: 'Order', operation: 'findMany', statements: 2, request: 'r1', route: 'GET /orders', weight: 100 },
};

describe('lines of the probe', () => {
  test('are calls', () => {
    const raw: ProbeSample = { ...call, model: null, file: null, operation: '$queryRaw' };
    const { samples, unreadable } = read(probeLines, `${JSON.stringify(call)}\n${JSON.stringify(raw)}\n`);
    assert.deepEqual(unreadable, []);
    assert.deepEqual(samples, [
      { kind: 'call', at: call.at, call },
      { kind: 'call', at: call.at, call: raw },
    ]);
  });

  test('are known in whatever order their parts come', () => {
    const parts = Object.entries(call).filter(([key]) => key !== 'v');
    for (let turn = 0; turn < parts.length; turn++) {
      const turned = [...parts.slice(turn), ...parts.slice(0, turn)];
      assert.ok(probeLines.matches(`${JSON.stringify({ v: 1, ...Object.fromEntries(turned) })}\n`));
    }
    assert.ok(probeLines.matches('{"v":1,"lost":17}\n'));
    assert.ok(!probeLines.matches('{"v":1,"level":"info"}\n'));
  });

  test('tell what was lost', () => {
    const lost: number[] = [];
    const reader = probeLines.open({
      sample: () => assert.fail(),
      unreadable: () => assert.fail(),
      lost: (samples) => lost.push(samples),
    });
    reader.line('{"v":1,"lost":17}');
    reader.end();
    assert.deepEqual(lost, [17]);
  });

  test('of another version, cut off or without a place are said', () => {
    const lines = [
      JSON.stringify({ ...call, v: 2 }),
      JSON.stringify(call).slice(0, 40),
      JSON.stringify({ ...call, line: '12' }),
      'x',
    ];
    const { samples, unreadable } = read(probeLines, lines.join('\n'));
    assert.deepEqual([samples, unreadable], [[], lines]);
  });

  test('are told from other lines by their head', () => {
    assert.equal(probeLines.matches(`${JSON.stringify(call)}\n`), true);
    assert.equal(probeLines.matches('{"v":1,"lost":3}'), true);
    assert.equal(probeLines.matches('{"version":1,"at":1}'), false);
  });
});
