import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planText } from '#bridge/plan/planText.ts';

const SECRET = 'canary7c1d';

test('a plan as text: steps, conditions without values, rows and times of all runs', () =>
  assert.equal(
    planText(
      [
        'Limit  (cost=0.42..8.44 rows=10 width=40) (actual time=0.010..3.210 rows=10 loops=1)',
        '  Output: p.id, p.title',
        '  ->  Nested Loop Left Join  (cost=0.42..8.44 rows=1 width=40) (actual time=0.010..3.200 rows=10 loops=1)',
        `        Join Filter: ((p.title)::text <> 'a ${SECRET}'::text)`,
        '        ->  Seq Scan on public."Post" p  (cost=0.00..1.10 rows=5 width=4) (actual time=0.003..2.900 rows=50 loops=2)',
        `              Filter: (((p.status)::text = '${SECRET}'::text) AND (p.total > 4711))`,
        '              Rows Removed by Filter: 99000',
        '              Buffers: shared hit=45',
        '        ->  Index Scan using "User_pkey" on "User" u  (cost=0.15..8.17 rows=1 width=36) (never executed)',
        '              Index Cond: (u.id = p."authorId")',
        'Query Identifier: 4711',
      ].join('\n'),
    ),
    [
      'Limit · 10 rows · 3.21 ms',
      '  Nested Loop Left Join · 10 rows · 3.2 ms',
      '    Join Filter: ((p.title)::text <> ?::text)',
      '    Seq Scan on public.Post p · 100 rows · 5.8 ms · 2 times',
      '      Filter: (((p.status)::text = ?::text) and (p.total > ?))',
      '      Rows Removed by Filter: 99,000',
      '    Index Scan using User_pkey on User u',
      '      Index Cond: (u.id = p."authorId")',
    ].join('\n'),
  ));

test('the same plan as JSON reads the same', () =>
  assert.equal(
    planText(
      JSON.stringify({
        ...{ 'Node Type': 'Limit', 'Actual Total Time': 3.21, 'Actual Rows': 10, 'Actual Loops': 1, 'Plan Rows': 10 },
        Plans: [
          {
            ...{ 'Node Type': 'Nested Loop', 'Join Type': 'Left', 'Join Filter': `(title <> '${SECRET}'::text)` },
            Plans: [
              {
                ...{ 'Node Type': 'Seq Scan', 'Relation Name': 'Post', Alias: 'p', Filter: "(status = 'x'::text)" },
                ...{ 'Actual Rows': 50, 'Actual Loops': 2, 'Actual Total Time': 2.9, 'Rows Removed by Filter': 99_000 },
                Output: [SECRET],
              },
              {
                'Node Type': 'Index Scan',
                'Index Name': 'User_pkey',
                'Relation Name': 'User',
                'Index Cond': '(id = 4)',
              },
            ],
          },
        ],
      }),
    ),
    [
      'Limit · 10 rows · 3.21 ms',
      '  Nested Loop Left Join',
      '    Join Filter: (title <> ?::text)',
      '    Seq Scan on Post p · 100 rows · 5.8 ms · 2 times',
      '      Filter: (status = ?::text)',
      '      Rows Removed by Filter: 99,000',
      '    Index Scan using User_pkey on User',
      '      Index Cond: (id = ?)',
    ].join('\n'),
  ));

test('rows of MariaDB: how each table is read', () =>
  assert.equal(
    planText(
      [
        'id\tselect_type\ttable\ttype\tpossible_keys\tkey\tkey_len\tref\trows\tr_rows\tfiltered\tr_filtered\tExtra',
        '1\tSIMPLE\tPost\tALL\tPost_title_key\tNULL\tNULL\tNULL\t12\t1200.00\t58.33\t33.33\tUsing where; Using filesort',
        `1\tSIMPLE\tusers\tref\tusers_role_idx\tusers_role_idx\t193\tconst\t3\t3.00\t100.00\t100.00\tUsing ${SECRET}`,
      ].join('\n'),
    ),
    'ALL on Post · 1,200 rows · using where · using filesort\nref on users using users_role_idx · 3 rows',
  ));

test('what no plan says, no plan is', () => {
  for (const text of [
    '',
    SECRET,
    '{"Node Type":',
    `{"Node Type":"${SECRET}"}`,
    'Plan:\n  Node Type: "Seq Scan"',
    '[]',
    'id\tselect_type',
  ])
    assert.equal(planText(text), null, text);
});

test('no value comes through, wherever a plan may hold one', () => {
  const hiding = [
    `Seq Scan on a  (cost=0.00..1.10 rows=10 width=4)\n  Filter: (b = 'x\n  Filter: ${SECRET}\n  ->  Seq Scan on ${SECRET}  (cost=0.00..1.10 rows=10 width=4)')`,
    `Seq Scan on a  (cost=0.00..1.10 rows=10 width=4)\n  Filter: (b = 'it''s ${SECRET}`,
    `Seq Scan on a  (cost=0.00..1.10 rows=10 width=4)\nQuery Parameters: $1 = '${SECRET}', $2 = '4'`,
    `Seq Scan on a  (cost=0.00..1.10 rows=10 width=4)\n  Filter: (b = E'\\\\${SECRET}') /* ${SECRET} */ -- ${SECRET}`,
    `Foreign Scan on a  (cost=0.00..1.10 rows=10 width=4)\n  Remote SQL: SELECT ${SECRET}`,
    `Function Scan on "${SECRET} it's; drop"  (cost=0.00..1.10 rows=10 width=4)\n  Function Call: f('${SECRET}')`,
    `Seq Scan on a  (cost=0.00..1.10 rows=10 width=4)\n  Settings: work_mem = '${SECRET}'`,
    JSON.stringify({
      'Node Type': 'Seq Scan',
      Filter: `(a = '${SECRET}')`,
      'Function Call': SECRET,
      'Relation Name': `a'${SECRET}`,
    }),
    JSON.stringify({
      'Node Type': 'Seq Scan',
      'Rows Removed by Filter': SECRET,
      'Actual Rows': SECRET,
      Plans: [SECRET],
    }),
  ];
  for (const plan of hiding) {
    const text = planText(plan) ?? '';
    assert.match(text, /^(?:Seq|Foreign|Function) Scan/, plan);
    assert.ok(!text.includes(SECRET), text);
  }
});

test('a plan of thousands of steps is cut', () => {
  const step = 'Append  (cost=0.00..1.10 rows=10 width=4)';
  const text = planText(
    [step, ...Array.from({ length: 3000 }, () => `  ->  ${step.replace('Append', 'Seq Scan on a')}`)].join('\n'),
  );
  assert.equal(text?.split('\n').length, 41);
  assert.match(text ?? '', /and 2961 more lines$/);
});

test('steps inside each other have an end', () => {
  const depth = 6000;
  const json = `${'{"Node Type":"Limit","Plans":['.repeat(depth)}{"Node Type":"Result"}${']}'.repeat(depth)}`;
  assert.ok((planText(json) ?? 'Limit').startsWith('Limit'));
  const text = Array.from({ length: 900 }, (_, at) => `${' '.repeat(at)}->  Limit  (cost=0.00..1.10 rows=1 width=4)`);
  assert.equal(planText(text.join('\n'))?.split('\n').length, 41);
});

test('what is far too long takes no time', () => {
  const start = 'Seq Scan on a  (cost=0.00..1.10 rows=10 width=4)\n';
  const blank = ' '.repeat(200_000);
  assert.equal(planText(`${start}${blank}`.repeat(6)), null);
  for (const line of [
    blank,
    `A${blank}`,
    `  ->  A${blank}B`,
    `  Filter: ${'('.repeat(200_000)}`,
    `${'a '.repeat(100_000)}on b`,
  ])
    assert.match(planText(start + line) ?? '', /^Seq Scan on a/);
});
