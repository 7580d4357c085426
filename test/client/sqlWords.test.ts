import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { copiedWords, untoldWords } from '#client/sqlWords.ts';
import type { SqlResult } from '#shared/protocol.ts';
import type { SentSql } from '#shared/sqlView.ts';

const STATEMENT = { kind: 'query', sql: 'SELECT 1', child: false, conditional: false, transaction: false } as const;
const WAY = { differs: [], statements: [STATEMENT, STATEMENT], rows: [] };
const SENT: SentSql = {
  ...{ kind: 'compiled', dialect: 'postgresql', variants: [WAY], furtherWays: 0 },
  ...{ notFollowed: [], assumed: [], batched: null, notes: [] },
};

function result(sql: SqlResult['sql']): SqlResult {
  const start = { line: 0, character: 0 };
  return { range: { start, end: start }, name: 'Order.findMany', sql, lines: '', page: '' };
}

describe('copying SQL', () => {
  const check = (parts: Partial<SentSql>, expected: string): void =>
    assert.equal(copiedWords(result({ ...SENT, ...parts })), expected);

  test('says how many statements', () => check({}, 'copied 2 SQL statements of Order.findMany'));
  test('says that there are other ways', () =>
    check({ variants: [WAY, WAY] }, 'copied 2 SQL statements of Order.findMany, as it is usually sent'));
  test('says that there may be more to it', () =>
    check({ kind: 'partial' }, 'copied 2 SQL statements of Order.findMany; parts could not be followed'));
  test('says that nothing is sent', () =>
    check({ variants: [{ ...WAY, statements: [] }] }, 'Order.findMany sends no SQL'));
});

describe('no SQL', () => {
  test('because there is no call', () => assert.equal(untoldWords(null), 'There is no Prisma call at the cursor.'));
  test('because it cannot be told', () =>
    assert.equal(
      untoldWords(result({ kind: 'not-compiled', reason: 'it is dynamic', keys: [] })),
      'The SQL of Order.findMany cannot be told: it is dynamic.',
    ));
  test('not where there is some', () => assert.equal(untoldWords(result(SENT)), null));
});
