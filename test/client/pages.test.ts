import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { coveragePage } from '#client/pages/coveragePage.ts';
import { pageLink } from '#client/pages/pageLink.ts';
import { summaryPage } from '#client/pages/summaryPage.ts';
import { withServer } from '#client/state/projectState.ts';
import { folder, listed, ready, running } from './support.ts';

const shop = folder('shop', {
  status: ready(
    { warning: 2, hint: 1 },
    { unresolved: [{ file: 'src/my dir/a_b.ts', line: 4, reason: 'computed `a|b`' }] },
  ),
  findings: [listed({}), listed({ rule: 'missing-index', file: 'prisma/schema.prisma' }), listed({ severity: 'hint' })],
  problems: [{ file: 'src/huge.ts', line: null, column: null, message: 'larger than 5 MB, left out' }],
});

describe('the summary', () => {
  test('counts findings by rule and by file', () => {
    const page = summaryPage(running(shop));
    assert.match(page, /^1 folder: 2 warnings, 1 hint\.$/m);
    assert.match(page, /^7 of 8 queries understood, in 10 files\.$/m);
    assert.match(page, /^\| `n-plus-one` \| {2}\| 1 \| {2}\| 1 \|$/m);
    assert.match(page, /^\| `missing-index` \| {2}\| 1 \| {2}\| {2}\|$/m);
    assert.match(page, /^\| \[prisma\/schema\.prisma\]\(\/prisma\/schema\.prisma\) \| /m);
    assert.match(page, /^- src\/huge\.ts: larger than 5 MB/m);
  });

  test('names folders where there are several', () => {
    assert.match(summaryPage(running(shop, folder('api'))), /^## shop$[\s\S]*^## api$/m);
    assert.doesNotMatch(summaryPage(running(shop)), /^## /m);
  });

  const openings: readonly (readonly [what: string, page: string, says: RegExp])[] = [
    ['a scan', summaryPage(running(folder('shop', { status: null }))), /being read/],
    ['no schema', summaryPage(running(folder('shop', { status: { kind: 'no-schema' } }))), /no Prisma schema/],
    ['a stop', summaryPage(withServer(running(shop), { kind: 'stopped', message: 'It fell.' })), /\*\*It fell\.\*\*/],
  ];
  for (const [what, page, says] of openings) test(`speaks of ${what}`, () => assert.match(page, says));
});

describe('the coverage', () => {
  test('lists what was not understood, with a link to the line', () => {
    const page = coveragePage(running(shop));
    assert.match(page, /^- 10 source files, of which 4 can reach a query/m);
    assert.ok(page.includes('| [src/my dir/a\\_b.ts:4](/src/my%20dir/a_b.ts#L4) | computed `a\\|b` |'), page);
  });

  test('says of every folder where it stands', () => {
    const page = coveragePage(
      running(
        folder('a', { status: { kind: 'no-schema' } }),
        folder('b', { status: { kind: 'failed', message: 'broken' } }),
        folder('c', { status: null }),
      ),
    );
    assert.match(page, /## a\n\nThere is no Prisma schema/);
    assert.match(page, /## b\n\n\*\*broken\*\*/);
    assert.match(page, /## c\n\nThe project is being read/);
  });
});

describe('a link of a page', () => {
  const cases: readonly (readonly [base: string | null, uri: string, link: string | null])[] = [
    ['file:///home/shop', 'file:///home/shop/src/a.ts', '/src/a.ts'],
    ['file:///home/shop/', 'file:///home/api/src/a%20b.ts', '/../api/src/a%20b.ts'],
    ['file:///home/shop/web', 'file:///home/shop/a.ts', '/../a.ts'],
    ['file:///c%3A/shop', 'file:///C%3A/shop/a.ts', '/a.ts'],
    ['file:///c%3A/shop', 'file:///d%3A/shop/a.ts', null],
    ['file:///home/shop', 'file://server/home/shop/a.ts', null],
    [null, 'file:///a.ts', null],
  ];
  for (const [base, uri, link] of cases) test(`from ${base} to ${uri}`, () => assert.equal(pageLink(base, uri), link));

  test('may lead to a line', () => {
    assert.equal(pageLink('file:///shop', 'file:///shop/a.ts', 7), '/a.ts#L7');
  });
});
