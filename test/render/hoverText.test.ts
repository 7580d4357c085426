import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { siteHover } from '#render/hoverText.ts';
import { operationText } from '#render/operationText.ts';
import type { SiteView } from '#shared/siteView.ts';
import { madeUpFinding } from '#test/support/madeUpFinding.ts';

const SITE: SiteView = {
  ...{
    id: 'site',
    file: 'src/a.ts',
    line: 3,
    column: 1,
    endLine: 3,
    endColumn: 9,
    model: 'Order',
    operation: 'findMany',
  },
  ...{ relations: [], transaction: null, runs: '1', usage: { read: null, unread: null }, lookup: [], servedBy: [] },
  ...{ findings: [], several: false, measurement: null, former: null },
};

describe('operationText', () => {
  const check = (given: Partial<SiteView>, expected: string): void =>
    assert.equal(operationText({ ...SITE, ...given }), expected);

  test('reads rows', () => check({}, 'Reads rows of `Order`.'));
  test('names relations', () =>
    check({ relations: ['items', 'items.product'] }, 'Reads rows of `Order` with `items` and `items.product`.'));
  test('counts long lists', () =>
    check({ relations: ['a', 'b', 'c', 'd', 'e', 'f'] }, 'Reads rows of `Order` with `a`, `b`, `c`, `d` and 2 more.'));
  test('says that it repeats', () =>
    check({ operation: 'findFirst', runs: 'N' }, 'Reads the first matching `Order`. Runs once per turn of a loop.'));
  test('says that it repeats in loops', () =>
    check({ runs: 'N·M' }, 'Reads rows of `Order`. Runs N·M times in loops.'));
  test('says what it is part of', () =>
    check(
      { operation: 'create', transaction: 'interactive' },
      'Creates one `Order`. Inside an interactive transaction.',
    ));
  test('raw SQL', () => check({ model: null, operation: '$queryRaw' }, 'Runs a query written as SQL.'));
});

describe('siteHover', () => {
  const links = { page: (rule: string) => `page:${rule}`, place: ({ line }: { line: number }) => `file:a#${line}` };
  const check = (given: Partial<SiteView>, expected: readonly string[]): void =>
    assert.equal(siteHover({ ...SITE, ...given }, links), expected.join('\n\n'));

  test('a query of which nothing more is known', () => check({}, ['Reads rows of `Order`.']));
  test('usage and index', () =>
    check(
      {
        usage: { read: ['id', 'total'], unread: ['note'] },
        lookup: ['userId', 'createdAt'],
        servedBy: [
          {
            fields: ['userId', 'createdAt'],
            kind: 'index',
            at: { file: 'prisma/schema.prisma', line: 9, column: 3, endLine: 9, endColumn: 30 },
          },
        ],
      },
      [
        'Reads rows of `Order`.',
        '---',
        'Reads `id` and `total` of the result. Never reads `note`.',
        'Looks up by `userId` and `createdAt`; served by the index [`userId, createdAt`](file:a#9).',
      ],
    ));
  test('no index', () =>
    check({ lookup: ['status'] }, ['Reads rows of `Order`.', '---', 'Looks up by `status`; no index begins with it.']));
  test('a finding here', () =>
    check(
      {
        findings: [
          madeUpFinding({
            line: 3,
            fixes: [{ title: 'Ask once', safety: 'review', edits: [], creates: [{ file: 'x.sql', text: '' }] }],
          }),
        ],
      },
      [
        'Reads rows of `Order`.',
        '---',
        '**Warning: [n-plus-one](page:n-plus-one)** (the code and the schema show it)',
        'It repeats.',
        'Quick fix: Ask once.',
      ],
    ));
  test('a finding elsewhere that points here', () =>
    check({ findings: [madeUpFinding({ line: 8, severity: 'hint', proof: 'pattern' })] }, [
      'Reads rows of `Order`.',
      '---',
      '**Hint: [n-plus-one](page:n-plus-one)** (the shape of the code suggests it, reported at [`src/a.ts:8`](file:a#8))',
      'It repeats.',
    ]));
  test('beside diagnostics no message twice, but for a finding elsewhere', () => {
    const findings = [madeUpFinding({ line: 3 }), madeUpFinding({ line: 8 })];
    const text = siteHover({ ...SITE, findings }, { ...links, besideDiagnostics: true });
    assert.equal(text.match(/It repeats\./g)?.length, 1);
  });
  test('the SQL before what is said of it', () =>
    assert.equal(
      siteHover({ ...SITE, lookup: ['status'] }, links, { sql: 'SQL' }),
      ['Reads rows of `Order`.', '---', 'SQL', '---', 'Looks up by `status`; no index begins with it.'].join('\n\n'),
    ));
});
