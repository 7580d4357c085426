import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { callsByCode, type FlameBar, flameOf } from '#page/routes/flame.ts';
import type { ReportedLetter, ReportedRoute, ReportedTerm } from '#shared/report.ts';

const place = (line: number) => ({ file: 'src/a.ts', line, column: 1 });
const letter = (name: string, most: number | null): ReportedLetter => ({ letter: name, of: null, most, ...place(1) });
const term = (query: string, times: string, ...via: readonly string[]): ReportedTerm => ({
  ...{ query, name: query, times, conditional: false, cached: false, ...place(9) },
  via: via.map((name) => ({ name, ...place(2) })),
});
const counted = (site: string, perRequest: number): ReportedRoute['measured'] => ({
  ...{ answers: null, queries: null },
  sites: [{ site, requests: 1, perRequest, most: perRequest, msPerRequest: 1 }],
});

/** `list(1-4 User.findMany(1-4))`: each bar from where to where, in executions. */
function drawn(bars: readonly FlameBar[], total: number): string {
  const at = (part: number): number => Math.round(part * total);
  const inside = (bar: FlameBar): string => (bar.bars.length > 0 ? ` ${drawn(bar.bars, total)}` : '');
  return bars.map((bar) => `${bar.name}(${at(bar.start)}-${at(bar.start + bar.width)}${inside(bar)})`).join(' ');
}

describe('the flame of a route', () => {
  const check = (name: string, route: Parameters<typeof flameOf>[0], total: number, expected: string): void => {
    test(name, () => assert.equal(drawn(flameOf(route), total), expected));
  };
  const none = { letters: [], measured: null };
  check('of nothing is nothing', { ...none, terms: [] }, 0, '');
  check(
    'lays queries side by side, below the calls that lead to them',
    { ...none, terms: [term('a', '1'), term('b', '1', 'list'), term('c', '2', 'list', 'one')] },
    4,
    'a(0-1) list(1-4 b(1-2) one(2-4 c(2-4)))',
  );
  check(
    'counts a list as the code bounds it, and one of unknown length for ten',
    { measured: null, letters: [letter('N', 3), letter('M', null)], terms: [term('a', '2·N'), term('b', 'N·M')] },
    36,
    'a(0-6) b(6-36)',
  );
  check(
    'counts what was seen where a query stands in one term',
    { letters: [letter('N', null)], terms: [term('a', '1'), term('b', 'N')], measured: counted('b', 3) },
    4,
    'a(0-1) b(1-4)',
  );
  check(
    'counts by the code where a query stands in several',
    { letters: [], terms: [term('a', '1'), term('a', '2')], measured: counted('a', 3) },
    3,
    'a(0-1) a(1-3)',
  );

  test('says how many calls there are by the code alone', () => {
    assert.equal(callsByCode({ letters: [letter('N', null)], terms: [term('a', '1'), term('b', '3·N')] }), 31);
  });
});
