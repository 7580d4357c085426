import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pageMessage } from '#client/report/pageMessage.ts';
import { reportHtml } from '#client/report/reportHtml.ts';
import { pacedFetch } from '#client/server/pacedFetch.ts';

describe('what the page of a report says', () => {
  const place = { kind: 'open', file: 'src/orders.ts', line: 7, column: 3 };
  for (const known of [{ kind: 'ready' }, { kind: 'refresh' }, place])
    test(`${known.kind} is understood`, () => assert.deepEqual(pageMessage(known), known));

  const strange = [
    null,
    'open',
    {},
    { kind: 'run' },
    { ...place, line: 0 },
    { ...place, column: 'x' },
    { kind: 'open' },
  ];
  for (const said of strange) test(`${JSON.stringify(said)} is not`, () => assert.equal(pageMessage(said), null));
});

test('the page runs nothing but its program, which its nonce names', () => {
  const parts = { script: 'vscode-resource:/page.js', style: 'vscode-resource:/page.css', source: 'vscode-resource:' };
  const html = reportHtml({ ...parts, nonce: 'n-1' });
  assert.match(html, /content="default-src 'none'; script-src 'nonce-n-1'; style-src vscode-resource:; /);
  assert.deepEqual(html.match(/<script.*?>/g), ['<script nonce="n-1" src="vscode-resource:/page.js">']);
});

test('what is fetched again waits as its pace says, and calls meanwhile are one', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const fetched: string[] = [];
  const fetch = pacedFetch(async (key) => void fetched.push(key), { leastMs: 1000, longestMs: 9000, timesTaken: 3 });
  await fetch('a');
  await fetch('b');
  assert.deepEqual(fetched, ['a', 'b']);
  const again = Promise.all([fetch('a'), fetch('a')]);
  context.mock.timers.tick(999);
  await Promise.resolve();
  assert.equal(fetched.length, 2);
  context.mock.timers.tick(1);
  for (let turn = 0; turn < 20; turn++) {
    await Promise.resolve();
    context.mock.timers.tick(1000);
  }
  await again;
  assert.deepEqual(fetched, ['a', 'b', 'a', 'a']);
});
