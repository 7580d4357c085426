import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { codeFrame } from '#render/codeFrame.ts';
import { markdownForTerminal } from '#render/markdownForTerminal.ts';
import { PLAIN } from '#render/paint.ts';
import { wrap } from '#render/wrap.ts';

describe('codeFrame', () => {
  const check = (text: string, place: readonly [number, number, number, number], expected: readonly string[]): void => {
    const [line, column, endLine, endColumn] = place;
    assert.deepEqual(codeFrame(text, { line, column, endLine, endColumn }, 'warning'), expected);
  };

  test('shows a line on each side', () =>
    check(
      'one\ntwo three\nfour\nfive',
      [2, 5, 2, 10],
      ['  1 | one', '> 2 | two three', '    |     ^^^^^', '  3 | four'],
    ));
  test('leaves out blank lines and what is not there', () => check('\nx', [2, 1, 2, 2], ['> 2 | x', '    | ^']));
  test('underlines to the end of the first of several lines', () =>
    check('call({\n  a,\n})', [1, 1, 3, 3], ['> 1 | call({', '    | ^^^^^^', '  2 |   a,']));
  test('widens tabs under the carets too', () => check('\tx = y', [1, 6, 1, 7], ['> 1 |   x = y', '    |       ^']));
  test('aligns numbers of different width', () =>
    check(`${'a\n'.repeat(9)}b`, [10, 1, 10, 2], ['   9 | a', '> 10 | b', '     | ^']));
  test('understands CRLF', () => check('a\r\nb\r\n', [2, 1, 2, 2], ['  1 | a', '> 2 | b', '    | ^']));

  test('cuts a long line around its place', () => {
    const [line = '', carets = ''] = codeFrame(
      `${'x'.repeat(500)}HERE${'y'.repeat(500)}`,
      { line: 1, column: 501, endLine: 1, endColumn: 505 },
      'hint',
    );
    assert.ok(line.length < 160);
    assert.equal(line.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1), 'HERE');
  });
});

test('wrap breaks at spaces and keeps long words whole', () => {
  assert.deepEqual(wrap('a bb ccc dddddddd e', 6), ['a bb', 'ccc', 'dddddddd', 'e']);
  assert.deepEqual(wrap('', 6), []);
});

test('markdownForTerminal takes marks off and indents code', () => {
  const page = '# Title\n\n<!-- options -->\nSee [the page](x.md), **bold**.\n\n\n\n```ts\nconst a = 1;\n\n```\n';
  assert.equal(markdownForTerminal(page, PLAIN), 'Title\n\nSee the page, bold.\n\n    const a = 1;\n');
});
