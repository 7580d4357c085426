import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tableAsMarkdown } from '#page/table/markdown.ts';
import { nextOrder, ordered } from '#page/table/order.ts';
import { PAGE_ROWS, pageOf } from '#page/table/paging.ts';
import { matcher } from '#page/table/search.ts';
import type { Order, TextColumn } from '#page/table/textColumn.ts';

interface Row {
  readonly name: string;
  readonly ms: number | null;
}

const COLUMNS: readonly TextColumn<Row>[] = [
  { title: 'Name', value: ({ name }) => name, text: ({ name }) => name },
  { title: 'Time', value: ({ ms }) => ms, text: ({ ms }) => String(ms ?? '') },
  { title: 'Fixed', text: () => '' },
];
const ROWS: readonly Row[] = [
  { name: 'a10', ms: null },
  { name: 'a9', ms: 5 },
  { name: 'B1', ms: 70 },
];

describe('the order of a table', () => {
  const check = (title: string, descending: boolean, expected: string): void => {
    test(`${title}, ${descending ? 'descending' : 'ascending'}`, () => {
      const names = ordered(ROWS, COLUMNS, { title, descending }).map(({ name }) => name);
      assert.equal(names.join(' '), expected);
    });
  };
  check('Time', true, 'B1 a9 a10');
  check('Time', false, 'a9 B1 a10');
  check('Name', false, 'a9 a10 B1');
  check('Name', true, 'B1 a10 a9');
  check('Fixed', true, 'a10 a9 B1');

  test('begins with the greatest number or the first text, and turns round', () => {
    const order = (title: string, descending: boolean): Order => ({ title, descending });
    assert.deepEqual(nextOrder(null, 'Time', true), order('Time', true));
    assert.deepEqual(nextOrder(order('Time', true), 'Time', true), order('Time', false));
    assert.deepEqual(nextOrder(order('Time', true), 'Name', false), order('Name', false));
  });
});

describe('the pages of a table', () => {
  const check = (
    rows: number,
    wanted: number,
    expected: readonly [start: number, rows: number, pages: number],
  ): void => {
    test(`page ${wanted} of ${rows} rows`, () => {
      const page = pageOf(Array.from({ length: rows }), wanted);
      assert.deepEqual([page.start, page.rows.length, page.pages], expected);
    });
  };
  check(0, 0, [0, 0, 1]);
  check(PAGE_ROWS, 0, [0, PAGE_ROWS, 1]);
  check(PAGE_ROWS + 1, 1, [PAGE_ROWS, 1, 2]);
  check(PAGE_ROWS + 1, 7, [PAGE_ROWS, 1, 2]);
});

describe('a table as text', () => {
  test('is Markdown in which nothing of a cell is markup', () => {
    const text = tableAsMarkdown('Rows', COLUMNS, [{ name: '</script>|*_`[x]\n', ms: 1 }]);
    assert.equal(
      text,
      '## Rows\n\n| Name | Time | Fixed |\n| --- | --- | --- |\n| \\</script\\>\\|\\*\\_\\`\\[x\\]  | 1 |  |\n',
    );
  });
});

describe('search', () => {
  const check = (search: string, text: string, expected: boolean): void => {
    test(`"${search}" in "${text}"`, () => assert.equal(matcher(search)(text), expected));
  };
  check('', 'anything', true);
  check('ORDER find', 'Order.findMany', true);
  check('find order', 'Order.findMany', true);
  check('find user', 'Order.findMany', false);
  check('.*', 'Order.findMany', false);
});
