import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { ProbeSample } from '#shared/probeSample.ts';
import { checkFigures, checkPercentiles, idAt, ingested, textOf } from './figures.ts';
import { siteAt } from './judge.ts';
import { isKnown, isTwin, type Proof, proofTable, prove, shareRight, together } from './proof.ts';
import { type FilledShop, fillShop, type RanShop } from './runShop.ts';

const FORMATS = ['postgres', 'postgres-csv', 'postgres-json'];
/** Of the executions of calls all of whose SQL follows from the code; the rest must be said to be of no one call. */
const LEAST_SHARE = 97;
/** Events do not tell connections apart, so that less follows from what ran before. */
const LEAST_SHARE_OF_EVENTS = 85;

describe('the shop on PostgreSQL', () => {
  let shop: FilledShop;
  let plain: Proof;
  let probed: Proof;
  before(async () => {
    shop = await fillShop();
    plain = await prove(shop, false);
    probed = await prove(shop, true);
  });
  after(() => shop?.close());

  test('what the application counted by statement is what Prisma told it by event', () => {
    for (const { ran } of [plain, probed]) {
      const sites = (kind: 'statement' | 'event') =>
        ran.truth.flatMap((each) =>
          each.kind === kind && each.site !== null && !isControl(each.sql) ? [each.sql] : [],
        );
      assert.deepEqual(sites('event').sort(), sites('statement').sort());
    }
  });

  test('every call the application made stands in the code that was read', () => {
    for (const { ran, executions } of [plain, probed])
      for (const { site } of executions) assert.ok(site === null || siteAt(ran.graph, site), String(site));
  });

  for (const format of FORMATS) {
    test(`${format}: without the probe, most executions are on their line and none on another`, () => {
      const verdict = plain.verdicts.get(format);
      assert.ok(verdict);
      assert.deepEqual([verdict.mistakes, verdict.strange, verdict.missing], [[], [], 0], proofTable(plain));
      const { ran } = plain;
      const twins = together(verdict, (place) => isTwin(ran, place));
      assert.deepEqual([twins.right, twins.open > 0], [0, true]);
      const known = together(verdict, (place) => isKnown(ran, place) && !isTwin(ran, place));
      assert.ok(shareRight(known) >= LEAST_SHARE, proofTable(plain));
    });

    test(`${format}: with the probe, all are on their line`, () => {
      const verdict = probed.verdicts.get(format);
      assert.ok(verdict);
      const { right, open, wrong } = together(verdict);
      assert.deepEqual([open, wrong, verdict.strange, verdict.missing], [0, 0, [], 0], proofTable(probed));
      assert.ok(right > 1000);
    });

    test(`${format}: counts are exact and percentiles right within 2 %`, async () => {
      for (const proof of [plain, probed]) {
        const checked = checkFigures(proof, format, await ingested(proof.ran, [proof.ran.logs[format] ?? '']));
        assert.ok(checked > 40, `only ${checked} calls`);
      }
    });
  }

  test("prisma-events: no execution is on another line, and with the probe all of the shop's are on their own", () => {
    for (const [proof, least] of [
      [plain, LEAST_SHARE_OF_EVENTS],
      [probed, 100],
    ] as const) {
      const verdict = proof.verdicts.get('prisma-events');
      assert.ok(verdict);
      assert.deepEqual([verdict.mistakes, verdict.strange, verdict.missing], [[], [], 0], proofTable(proof));
      const isShops = (place: string) => isKnown(proof.ran, place) && !place.includes('more.ts');
      assert.ok(shareRight(together(verdict, isShops)) >= least, proofTable(proof));
    }
  });

  test('pg-stat-statements: totals are those of the statements that were sent', async () => {
    const { ran, executions } = plain;
    const { tallies } = await ingested(ran, [ran.logs['pg-stat-statements'] ?? '']);
    assert.ok(tallies.length > 20);
    const known = Map.groupBy(executions, textOf);
    for (const { subject, count, sumMs } of tallies) {
      if (subject.site === null) continue;
      const sent = known.get(subject.text) ?? [];
      assert.deepEqual([...new Set(sent.map(({ site }) => idAt(ran, site)))], [subject.site], subject.text);
      assert.equal(count, sent.length, subject.text);
      // The log adds the time for parsing and binding.
      assert.ok(sumMs <= sent.reduce((sum, { ms }) => sum + ms, 0), subject.text);
    }
  });

  test('the probe itself counts every call, on its line, and its times are those it wrote', async () => {
    const { ran } = probed;
    const calls = new Map<string, number>();
    for (const each of ran.truth) {
      if (each.kind !== 'call') continue;
      const id = siteAt(ran.graph, each.site)?.id ?? '';
      calls.set(id, (calls.get(id) ?? 0) + 1);
    }
    const { measurements } = await ingested(ran, ran.samples);
    const told = new Map([...measurements].map(([site, { calls, match }]) => [site, [calls, match]]));
    const expected = new Map([...calls].map(([site, count]) => [site, [count, 'exact']]));
    assert.deepEqual(new Map([...told].sort()), new Map([...expected].sort()));
    for (const [site, ms] of writtenTimes(ran))
      checkPercentiles(measurements.get(site) ?? assert.fail(`${site} is not measured`), ms, site);
  });
});

/** By call, as the probe wrote them down. */
function writtenTimes({ samples, graph }: RanShop): ReadonlyMap<string, readonly number[]> {
  const times = new Map<string, number[]>();
  for (const line of samples.flatMap((file) => readFileSync(file, 'utf8').trimEnd().split('\n'))) {
    const { file, line: row, column, ms } = JSON.parse(line) as ProbeSample;
    const id = siteAt(graph, `${file}:${row}:${column}`)?.id ?? '';
    times.set(id, [...(times.get(id) ?? []), ms]);
  }
  return times;
}

function isControl(sql: string): boolean {
  return /^(?:BEGIN|COMMIT|ROLLBACK)\b/.test(sql);
}
