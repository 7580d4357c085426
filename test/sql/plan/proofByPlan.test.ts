import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TableAccess } from '#sql/plan/accessPlan.ts';
import { type PlanProof, proofByPlan } from '#sql/plan/proofByPlan.ts';
import type { TableColumns } from '#sql/plan/statementColumns.ts';

interface Case {
  readonly lacks: readonly string[];
  readonly access: Partial<TableAccess>;
  readonly sorts?: boolean;
  readonly used: Partial<TableColumns>;
  readonly proof: PlanProof;
}

const CASES: Readonly<Record<string, Case>> = {
  'a whole table read for a filter': { lacks: ['a'], access: {}, used: { filtered: ['a'] }, proof: 'proven' },
  'a whole table read for a join': { lacks: ['a'], access: {}, used: { joined: ['a'] }, proof: 'proven' },
  'a whole table sorted': { lacks: ['a'], access: {}, sorts: true, used: { sorted: ['a'] }, proof: 'proven' },
  'a table walked in its order': { lacks: ['a'], access: {}, used: { sorted: ['a'] }, proof: 'served' },
  'an index on the column': {
    lacks: ['a'],
    access: { by: 'index', columns: ['a'] },
    used: { filtered: ['a'] },
    proof: 'served',
  },
  'an index on another column': {
    lacks: ['a'],
    access: { by: 'index', columns: ['b'] },
    used: { filtered: ['a', 'b'] },
    proof: 'proven',
  },
  'an index on a part': {
    lacks: ['a', 'b'],
    access: { by: 'index', columns: ['a'] },
    used: { filtered: ['a', 'b'] },
    proof: 'proven',
  },
  'an index on a part, the rest sorted': {
    lacks: ['a', 'b'],
    access: { by: 'index', columns: ['a'] },
    sorts: true,
    used: { filtered: ['a'], sorted: ['b'] },
    proof: 'proven',
  },
  'an index that gives the order too': {
    lacks: ['a', 'b'],
    access: { by: 'index', columns: ['a'] },
    used: { filtered: ['a'], sorted: ['b'] },
    proof: 'served',
  },
  'a primary key': {
    lacks: ['a'],
    access: { by: 'key', columns: ['id'] },
    used: { filtered: ['id', 'a'] },
    proof: 'served',
  },
  'a statement that does not ask for it': { lacks: ['a'], access: {}, used: { filtered: ['b'] }, proof: 'open' },
  'a statement that asks for the second column only': {
    lacks: ['a', 'b'],
    access: {},
    used: { filtered: ['b'] },
    proof: 'open',
  },
  'another table': { lacks: ['a'], access: { table: 'other' }, used: { filtered: ['a'] }, proof: 'open' },
};

for (const [name, { lacks, access, sorts = false, used, proof }] of Object.entries(CASES)) {
  test(`${name}: ${proof}`, () => {
    const full: TableAccess = { table: 'T', alias: 't0', by: 'whole', index: null, columns: [], ...access };
    const columns = new Map([['t0', { filtered: [], joined: [], sorted: [], ...used }]]);
    const plan = { accesses: [full], sorts, lines: [] };
    assert.equal(proofByPlan({ table: 'T', columns: lacks }, [{ plan, columns }]), proof);
  });
}

test('one statement that suffers is enough', () => {
  const access = { table: 'T', alias: 'T', index: null, columns: ['a'] };
  const columns = new Map([['T', { filtered: ['a'], joined: [], sorted: [] }]]);
  const statements = (['index', 'whole'] as const).map((by) => ({
    columns,
    plan: { accesses: [{ ...access, by, columns: by === 'index' ? ['a'] : [] }], sorts: false, lines: [] },
  }));
  assert.equal(proofByPlan({ table: 'T', columns: ['a'] }, statements), 'proven');
});
