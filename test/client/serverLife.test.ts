import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { crashPolicy } from '#client/server/crashPolicy.ts';
import { latestOnly } from '#client/server/latestOnly.ts';

const MINUTE = 60_000;

describe('after a crash', () => {
  const policy = (...at: readonly number[]): readonly boolean[] => {
    const { crashed } = crashPolicy();
    return at.map((minute) => crashed(minute * MINUTE));
  };

  test('the server starts again four times in three minutes and no fifth time', () => {
    assert.deepEqual(policy(0, 0, 1, 2, 2.9, 2.95), [true, true, true, true, false, false]);
  });

  test('crashes far apart never add up', () => {
    assert.deepEqual(policy(0, 1, 2, 3, 4, 5, 6, 7), Array(8).fill(true));
  });

  test('a restart by hand forgets the past', () => {
    const { crashed, forget } = crashPolicy();
    for (let n = 0; n < 5; n++) crashed(0);
    assert.equal(crashed(1), false);
    forget();
    assert.equal(crashed(2), true);
  });
});

describe('fetching a list', () => {
  test('happens once for many calls made meanwhile, and sees the last state', async () => {
    let state = 0;
    const seen: number[] = [];
    const fetch = latestOnly(async () => {
      const at = state;
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(at);
    });
    const first = fetch('shop');
    for (state = 1; state < 5; state++) void fetch('shop');
    await first;
    assert.deepEqual(seen, [0, 5]);
  });

  test('of one folder does not wait for another', async () => {
    const begun: string[] = [];
    const fetch = latestOnly(async (key) => {
      begun.push(key);
      await new Promise((resolve) => setImmediate(resolve));
    });
    await Promise.all([fetch('shop'), fetch('api')]);
    assert.deepEqual(begun, ['shop', 'api']);
  });

  test('works again after it failed', async () => {
    let broken = true;
    const fetch = latestOnly(async () => {
      if (broken) throw new Error('down');
    });
    await assert.rejects(fetch('shop'), /down/);
    broken = false;
    await fetch('shop');
  });
});
