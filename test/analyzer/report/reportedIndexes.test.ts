import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reportedIndexes } from '#analyzer/report/reportedIndexes.ts';
import type { Finding } from '#shared/finding.ts';
import type { IndexToDrop } from '#shared/indexChange.ts';
import type { ReportedIndex, ReportedQuery } from '#shared/report.ts';
import { madeUpFinding } from '#test/support/madeUpFinding.ts';

const query = (id: string, totalMs: number | null, ...routes: readonly string[]): ReportedQuery => ({
  ...{ id, name: 'Order.findMany', symbol: 'list', routes, measurement: null, totalMs, former: null, findings: [] },
  ...{ file: 'src/a.ts', line: 1, column: 1 },
});

const nothing = { sql: null, edit: { file: 's.prisma', span: { start: 0, end: 0 }, newText: '' }, migration: null };

const old = (start: number): IndexToDrop => ({
  ...{ change: 'drop', attribute: `@@index([old${start}])`, ...nothing, isBacking: false },
  at: { file: 's.prisma', span: { start, end: start + 1 } },
});

function adds(
  name: string,
  serves: readonly string[],
  given: Partial<Finding> = {},
  replaces: readonly IndexToDrop[] = [],
) {
  const attribute = `@@index([${name}])`;
  return madeUpFinding({
    id: name,
    model: 'Order',
    index: { change: 'add', attribute, ...nothing, serves, replaces },
    ...given,
  });
}

const names = (indexes: readonly ReportedIndex[]): readonly string[] => indexes.map(({ finding }) => finding);

describe('reported indexes', () => {
  const queries = [
    query('slow', 900),
    query('quick', 20),
    query('routed', null, 'GET /a', 'GET /b'),
    query('other', null),
  ];

  test('come by time, then by routes and queries, hints after all others, those to drop last', () => {
    const drop = madeUpFinding({ id: 'drop', model: 'Order', index: old(7) });
    const hint = adds('hint', ['slow'], { severity: 'hint' });
    const all = [
      drop,
      hint,
      adds('other', ['other']),
      adds('routed', ['routed']),
      adds('quick', ['quick']),
      adds('slow', ['slow']),
    ];
    assert.deepEqual(names(reportedIndexes(all, queries)), ['slow', 'quick', 'routed', 'other', 'hint', 'drop']);
  });

  test('add up all queries they serve, and name their routes once', () => {
    const [index] = reportedIndexes([adds('a', ['slow', 'quick', 'routed', 'gone'])], queries);
    assert.deepEqual(
      [index?.serves, index?.totalMs, index?.routes],
      [['slow', 'quick', 'routed'], 920, ['GET /a', 'GET /b']],
    );
  });

  test('name what they make superfluous once', () => {
    const all = [adds('quick', ['quick'], {}, [old(1), old(2)]), adds('slow', ['slow'], {}, [old(1)])];
    assert.deepEqual(
      reportedIndexes(all, queries).map(({ replaces }) => replaces.map(({ attribute }) => attribute)),
      [['@@index([old1])'], ['@@index([old2])']],
    );
  });

  test('are not made of findings of something else', () => {
    assert.deepEqual(reportedIndexes([madeUpFinding({ model: 'Order' })], queries), []);
  });
});
