import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingIds, type Identity } from '#analyzer/findingId.ts';
import { analyse } from '#test/support/analyse.ts';
import { LOOP, SMALL_PROJECT } from '#test/support/projectFolder.ts';

const one: Identity = {
  ...{ rule: 'n-plus-one', file: 'src/a.ts', symbol: 'list', model: 'Post', operation: 'findFirst', columns: ['id'] },
};
const idOf = (change: Partial<Identity>): string | undefined => findingIds([{ ...one, ...change }])[0];

test('every part of the identity counts', () => {
  const changes: readonly Partial<Identity>[] = [
    ...[{}, { rule: 'x' }, { file: 'src/b.ts' }, { symbol: 'x' }, { model: null }, { operation: 'count' }],
  ];
  assert.equal(new Set(changes.map(idOf)).size, changes.length);
});

test('columns count in a schema, where one model may lack several indexes, and not in code, where they change with it', () => {
  assert.equal(idOf({ columns: [] }), idOf({}));
  assert.notEqual(idOf({ file: 's.prisma', columns: [] }), idOf({ file: 's.prisma' }));
});

test('equals are told apart by their order', () => {
  const [first, second] = findingIds([one, one]);
  assert.equal(first, idOf({}));
  assert.notEqual(first, second);
});

test('an id survives new lines, new imports and a new neighbour', async () => {
  const idsOf = async (text: string): Promise<readonly string[]> =>
    (await analyse({ ...SMALL_PROJECT, 'src/titles.ts': text })).findings.map(({ id }) => id);
  const [id] = await idsOf(LOOP);
  const moved = `import fs from 'node:fs';\n\nexport const read = fs.readFileSync;\n\n${LOOP}`;
  assert.deepEqual(await idsOf(moved), [id]);
  const neighbour = LOOP.replaceAll('titles', 'names').replace(/^import.*\n/, '');
  assert.equal((await idsOf(LOOP + neighbour))[0], id);
});
