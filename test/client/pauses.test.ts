import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterPause } from '#client/list/afterPause.ts';
import { pauseBeforeBurst } from '#client/list/pauseBeforeBurst.ts';

test('many calls are one piece of work, and none after the end', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  let done = 0;
  const later = afterPause(() => done++, 50);
  later.call();
  later.call();
  context.mock.timers.tick(49);
  assert.equal(done, 0);
  context.mock.timers.tick(1);
  assert.equal(done, 1);
  later.call();
  later.dispose();
  context.mock.timers.tick(100);
  assert.equal(done, 1);
});

test('only the first of a burst waits, for each key', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { wait } = pauseBeforeBurst(50);
  let answers = 0;
  const first = wait('group').then(() => answers++);
  await Promise.resolve();
  assert.equal(answers, 0);
  context.mock.timers.tick(50);
  await first;
  await wait('group');
  await wait('group');
  assert.equal(answers, 1);
  const other = wait('file').then(() => answers++);
  await Promise.resolve();
  assert.equal(answers, 1);
  context.mock.timers.tick(50);
  await other;
  assert.equal(answers, 2);
});
