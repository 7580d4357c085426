import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { textPlaces } from '#lsp/convert.ts';
import { toPath, toUri } from '#lsp/uris.ts';

/** Where `x` stands in a text: in the client's terms from its range as a person counts, and back to its offset. */
function check(text: string, line: number, column: number, utf16: readonly number[], utf8: readonly number[]): void {
  const at = text.indexOf('x');
  for (const [encoding, expected] of [['utf-16', utf16] as const, ['utf-8', utf8] as const]) {
    const places = textPlaces(text, encoding);
    const { start } = places.range({ line, column, endLine: line, endColumn: column + 1 });
    assert.deepEqual([start.line, start.character], expected, encoding);
    assert.deepEqual(places.spanRange({ start: at, end: at + 1 }).start, start);
    assert.equal(places.offset(start), at);
  }
}

describe('places', () => {
  test('in plain text', () => check('ab\n x', 2, 2, [1, 1], [1, 1]));
  test('behind CRLF and lone CR', () => check('a\r\nb\rx', 3, 1, [2, 0], [2, 0]));
  test('behind letters of two, three and four bytes', () => check('ä€😀x', 1, 5, [0, 4], [0, 9]));
  test('behind a line end the protocol does not know', () => check('ab\u2028x', 2, 1, [0, 3], [0, 5]));

  test('beyond the end of a line or of the text stay within', () => {
    const { offset } = textPlaces('ab\r\ncd', 'utf-16');
    assert.deepEqual([offset({ line: 0, character: 99 }), offset({ line: 9, character: 0 })], [2, 6]);
  });
});

describe('URIs', () => {
  for (const path of ['/a/b.ts', '/with space/ä.ts', '/app/(shop)/[id]/page.tsx', '/100%/#1?.ts', "/it's!*/~.ts"])
    test(`of ${path} lead back to it`, () => assert.equal(toPath(toUri(path)), path));

  test('are written as most clients write them', () => {
    assert.equal(toUri('/app/(shop)/[id].ts'), 'file:///app/%28shop%29/%5Bid%5D.ts');
  });

  test('of no file have no path', () => {
    assert.deepEqual(['untitled:a', 'https://a/b.ts', 'file:///%E0%A4%A', ''].map(toPath), [null, null, null, null]);
  });
});
