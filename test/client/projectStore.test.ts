import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withServer } from '#client/state/projectState.ts';
import { projectStore } from '#client/state/projectStore.ts';

test('listeners hear every change until they leave', () => {
  const store = projectStore();
  const heard: string[] = [];
  const listening = store.onChange(({ server }) => heard.push(server.kind));
  store.update((state) => withServer(state, { kind: 'running' }));
  listening.dispose();
  store.update((state) => withServer(state, { kind: 'starting' }));
  assert.deepEqual(heard, ['running']);
  assert.equal(store.state().server.kind, 'starting');
});

test('waiting for a state ends with it, at once where it is there', async () => {
  const store = projectStore();
  let ended = false;
  const waiting = store
    .until(({ server }) => server.kind === 'stopped')
    .then(() => {
      ended = true;
    });
  store.update((state) => withServer(state, { kind: 'running' }));
  await Promise.resolve();
  assert.equal(ended, false);
  store.update((state) => withServer(state, { kind: 'stopped', message: 'gone' }));
  await waiting;
  await store.until(({ server }) => server.kind === 'stopped');
});
