import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fewestIndexes, type Need } from '#rules/missing-index/fewestIndexes.ts';
import { type SeededRandom, seededRandom } from '#test/support/seededRandom.ts';

type Groups = Need['groups'];

const need = (...groups: Groups): Need => ({ kind: 'composite', groups });

/** The index orders that a need can be served by: its groups one after the other, each in any order. */
function ordersOf(groups: Groups): readonly (readonly string[])[] {
  return groups.reduce<readonly (readonly string[])[]>(
    (orders, group) => orders.flatMap((order) => permutations(group).map((next) => [...order, ...next])),
    [[]],
  );
}

function permutations(items: readonly string[]): readonly (readonly string[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}

function serves(index: readonly string[], { groups }: Need): boolean {
  return ordersOf(groups).some((order) => order.every((name, at) => index[at] === name));
}

/** The size of the smallest set of indexes that begins with what every need asks for, found by trying all sets. */
function smallest(needs: readonly Need[]): number {
  const masks = new Set(
    needs.flatMap(({ groups }) =>
      ordersOf(groups).map((order) => needs.reduce((mask, each, at) => mask | (serves(order, each) ? 1 << at : 0), 0)),
    ),
  );
  const all = (1 << needs.length) - 1;
  let reached = new Set([0]);
  for (let size = 0; ; size++) {
    if (reached.has(all)) return size;
    reached = new Set([...reached].flatMap((served) => [...masks].map((mask) => served | mask)));
  }
}

function randomNeed(random: SeededRandom): Need {
  const columns = ['a', 'b', 'c', 'd'];
  const taken = columns.filter(() => random.below(2) === 0);
  const names = taken.length > 0 ? taken : [random.pick(columns)];
  const tail = random.below(2) === 0 && names.length > 1 ? [names.slice(-1)] : [];
  return need(names.slice(0, names.length - tail.length), ...tail);
}

describe('the fewest indexes', () => {
  test('share what several queries begin with', () => {
    const drafts = fewestIndexes([need(['a']), need(['a', 'b']), need(['a', 'b'], ['c'])]);
    assert.deepEqual(
      drafts.map(({ groups }) => groups.flat()),
      [['a', 'b', 'c']],
    );
  });

  test('are found where the first that takes a query is not the one to take it', () => {
    const drafts = fewestIndexes([need(['a']), need(['b']), need(['a', 'b']), need(['a'], ['c'])]);
    assert.deepEqual(drafts.map(({ groups }) => groups.flat().join()).sort(), ['a,c', 'b,a']);
  });

  test('serve every query and are no more than they must be', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 400; round++) {
      const needs = Array.from({ length: 2 + random.below(5) }, () => randomNeed(random));
      const drafts = fewestIndexes(needs);
      const text = JSON.stringify(needs.map(({ groups }) => groups));
      assert.equal(drafts.length, smallest(needs), text);
      for (const { groups, demands } of drafts)
        for (const each of demands) assert.ok(serves(groups.flat(), each), `${groups.flat()} for ${text}`);
    }
  });

  test('let a query that an index to come narrows do without one of its own', () => {
    const wanted: readonly Need[] = [
      { kind: 'key', groups: [['a'], ['c']] },
      { kind: 'key', groups: [['a', 'b'], ['d']] },
    ];
    assert.deepEqual(
      fewestIndexes(wanted).map(({ groups }) => groups.flat()),
      [['a', 'c']],
    );
  });
});
