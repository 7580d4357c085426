import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  INITIAL_STATE,
  isCurrent,
  isSettled,
  type ProjectState,
  withFindings,
  withFolders,
  withServer,
  withStatus,
} from '#client/state/projectState.ts';
import { folder, listed, ready, running } from './support.ts';

const SHOP = 'file:///shop';
const found = [listed({})];
const results = { folder: SHOP, findings: found, problems: [] };
const only = (state: ProjectState) => state.folders[0] ?? folder('none');

describe('what is known of the project', () => {
  test('a restart keeps the last list and marks it as old', () => {
    const before = withFindings(
      withStatus(withServer(INITIAL_STATE, { kind: 'running' }), { folder: SHOP, status: ready() }),
      results,
    );
    assert.equal(isCurrent(before, only(before)), true);

    const during = withServer(before, { kind: 'starting' });
    assert.deepEqual(only(during).findings, found);
    assert.equal(isCurrent(during, only(during)), false);

    const scanning = withStatus(withServer(during, { kind: 'running' }), {
      folder: SHOP,
      status: { kind: 'scanning', filesDone: 0, filesTotal: null },
    });
    assert.deepEqual(only(scanning).findings, found);
    assert.equal(isCurrent(scanning, only(scanning)), false);
  });

  test('a list that says the same stays the same list', () => {
    const before = withFindings(INITIAL_STATE, results);
    const after = withFindings(before, { ...results, findings: structuredClone(found) });
    assert.equal(only(after).findings, found);
    assert.notEqual(only(withFindings(before, { ...results, findings: [] })).findings, found);
  });

  test('a stopped server leaves the list and says that it is old', () => {
    const stopped = withServer(running(folder('shop', { findings: found })), { kind: 'stopped', message: 'gone' });
    assert.deepEqual(only(stopped).findings, found);
    assert.equal(isCurrent(stopped, only(stopped)), false);
  });

  test('what is switched off shows nothing', () => {
    const off = withServer(running(folder('shop', { findings: found })), { kind: 'off' });
    assert.deepEqual(only(off), { ...folder('shop'), status: null, listed: false, answers: 0 });
  });

  test('folders come and go in the order of the window, and those that stay keep what is known', () => {
    const state = withFolders(running(folder('shop', { findings: found }), folder('old')), [
      { uri: 'file:///new', name: 'new' },
      { uri: SHOP, name: 'renamed' },
    ]);
    assert.deepEqual(
      state.folders.map(({ name, findings }) => [name, findings.length]),
      [
        ['new', 0],
        ['renamed', 1],
      ],
    );
  });

  test('a folder the window does not name is known by the end of its address', () => {
    const state = withStatus(INITIAL_STATE, { folder: 'file:///home/me/my%20shop/', status: { kind: 'no-schema' } });
    assert.equal(only(state).name, 'my shop');
  });

  const settled: readonly (readonly [what: string, state: ProjectState, answer: boolean])[] = [
    ['is not, before the server speaks', running(folder('shop', { status: null })), false],
    [
      'is not, while it scans',
      running(folder('shop', { status: { kind: 'scanning', filesDone: 1, filesTotal: 2 } })),
      false,
    ],
    ['is not, before the list arrives', running(folder('shop', { listed: false })), false],
    ['is not, while one of two folders waits', running(folder('shop'), folder('api', { status: null })), false],
    ['is, with a list', running(folder('shop')), true],
    ['is, without a schema', running(folder('shop', { status: { kind: 'no-schema' }, listed: false })), true],
    ['is, after a failure', running(folder('shop', { status: { kind: 'failed', message: 'x' }, listed: false })), true],
    ['is not, without a server', withServer(running(folder('shop')), { kind: 'starting' }), false],
  ];
  for (const [what, state, answer] of settled) {
    test(`it ${what}, settled`, () => assert.equal(isSettled(state), answer));
  }
});
