import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { evidenceOverview, foldersWhere } from '#client/evidence/evidenceOverview.ts';
import { receivingWords, watchingWords } from '#client/evidence/evidenceWords.ts';
import { withEvidence, withServer } from '#client/state/projectState.ts';
import type { EvidenceParams } from '#shared/protocol.ts';
import { folder, running } from './support.ts';

const QUIET: EvidenceParams = {
  ...{ folder: 'file:///shop', allowed: true, measured: false, watching: null, receiver: null, logs: [] },
};

describe('what counts and what was counted', () => {
  const shop = running(folder('shop'), folder('blog'));

  test('is nothing before the server speaks of it', () =>
    assert.deepEqual(evidenceOverview(shop), { allowed: false, measured: false, watching: null, receivers: [] }));
  test('is taken together over folders', () => {
    const one = withEvidence(shop, { ...QUIET, measured: true, watching: ['/a.log'] });
    const both = withEvidence(one, { ...QUIET, folder: 'file:///blog', receiver: 'http://127.0.0.1:4318' });
    assert.deepEqual(evidenceOverview(both), {
      ...{ allowed: true, measured: true, watching: ['/a.log'], receivers: ['http://127.0.0.1:4318'] },
    });
    assert.deepEqual(
      foldersWhere(both, ({ watching }) => watching !== null).map(({ name }) => name),
      ['shop'],
    );
  });
  test('ends with the server', () => {
    const watched = withEvidence(shop, { ...QUIET, watching: ['/a.log'] });
    assert.deepEqual(evidenceOverview(withServer(watched, { kind: 'starting' })).watching, null);
  });
});

describe('the status bar', () => {
  const overview = { allowed: true, measured: true, watching: null, receivers: [] };

  test('says nothing where nothing counts', () => {
    assert.equal(watchingWords(overview), null);
    assert.equal(receivingWords(overview), null);
  });
  test('says that a log is watched, and which', () => {
    const words = watchingWords({ ...overview, watching: ['/var/log/postgres.log'] });
    assert.equal(words?.text, '$(eye) 1 log');
    assert.match(words?.tooltip ?? '', /this log:\n {2}\/var\/log\/postgres\.log\nClick to stop watching\.$/);
  });
  test('says that it waits for logs', () =>
    assert.equal(watchingWords({ ...overview, watching: [] })?.text, '$(eye) logs'));
  test('names ten logs of many', () => {
    const watching = Array.from({ length: 12 }, (_, at) => `/${at}.log`);
    assert.match(watchingWords({ ...overview, watching })?.tooltip ?? '', /\/9\.log\n {2}and 2 more\n/);
  });
  test('says where the receiver listens', () =>
    assert.equal(
      receivingWords({ ...overview, receivers: ['http://127.0.0.1:4318/v1/traces'] })?.text,
      '$(broadcast) 127.0.0.1:4318',
    ));
});
