import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSampleCounter } from '#bridge/ingest/countSamples.ts';
import { postgresText } from '#bridge/sources/postgresText.ts';
import { createTallies, type Subject, type Tallies } from '#bridge/store/tally.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import type { SentStatement } from '#sql/sentWays.ts';
import { seededRandom } from '#test/support/seededRandom.ts';
import { type IndexedFiles, indexOf, lineOf } from '../support/indexOf.ts';
import { program } from './support/program.ts';
import { type Sent, traffic } from './support/traffic.ts';

/** What is said of each line of a log, by its time, which no two have in common. */
function judged({ index, graph }: IndexedFiles, log: readonly Sent[]) {
  const told = new Map<number, Subject>();
  const lines = new Map(graph.sites.map((site) => [site.id, lineOf(site)]));
  const into: Tallies = { ...createTallies(), execution: (subject, _, ms) => void told.set(ms, subject) };
  const counter = createSampleCounter(index, Date.now);
  for (const { sql, parameters, session, at, ms } of log) {
    const known = {
      kind: 'statement',
      sql,
      ms,
      at,
      rows: null,
      rowsExamined: null,
      plan: null,
      database: null,
    } as const;
    counter.count({ ...known, session, parameters }, postgresText, into);
  }
  counter.settle(into);
  const found = { right: 0, open: 0, wrong: [] as string[] };
  for (const { sql, ms, site } of log) {
    if (site === null) continue;
    const claimed = told.get(ms);
    assert.ok(claimed, `not counted: ${sql}`);
    if (claimed.site === site.id) found.right += 1;
    else if (claimed.site === null) found.open += 1;
    else found.wrong.push(`${lineOf(site)}, said to be of ${lines.get(claimed.site)}: ${sql}`);
  }
  return found;
}

/** Statements that differ from those of the call with unknown conditions in nothing else. */
function isAlike(statements: readonly SentStatement[]): boolean {
  return statements.length === 1 && statements[0]?.sql.includes(' LIMIT ') === false;
}

/** Requests for the functions of a program, any one after any other. */
async function trafficOf(seed: number, atOnce: number) {
  const random = seededRandom(seed);
  const made = program(random);
  const indexed = await indexOf(made.files);
  const byLine = new Map(indexed.graph.sites.map((site) => [lineOf(site), site]));
  const siteOf = (route: number, call: number): QuerySite => {
    const site = byLine.get(made.lineOf(route, call));
    assert.ok(site);
    return site;
  };
  const requests = Array.from({ length: 150 }, () => {
    const at = random.below(made.routes.length);
    const { calls, transaction } = made.routes[at] ?? { calls: [], transaction: false };
    return { sites: calls.map((_, call) => siteOf(at, call)), transaction };
  });
  // What a call with unknown conditions sends is what another one sends as well.
  const others = indexed.graph.sites.flatMap((site) => {
    const { ways, whole } = indexed.ways(site);
    const plain = site.model?.name === 'User' && site.operation === 'findMany' && site.transaction === null;
    return whole && plain ? ways.filter(({ statements }) => isAlike(statements)) : [];
  });
  const waysOf = (site: QuerySite) => {
    const { ways, whole } = indexed.ways(site);
    return whole || others.length === 0 ? ways : [...ways, random.pick(others)];
  };
  return { indexed, log: traffic(random, waysOf, requests, atOnce) };
}

describe('programs whose calls collide', () => {
  for (const atOnce of [1, 3, 8])
    test(`never have an execution put on another call, ${atOnce} requests at once`, async (context) => {
      const sum = { right: 0, open: 0 };
      for (let seed = 1; seed <= 12; seed += 1) {
        const { indexed, log } = await trafficOf(seed * 31 + atOnce, atOnce);
        const { right, open, wrong } = judged(indexed, log);
        assert.deepEqual(wrong, [], `seed ${seed}`);
        sum.right += right;
        sum.open += open;
      }
      context.diagnostic(`${sum.right} on their line, ${sum.open} of several`);
      assert.ok(sum.right > sum.open / 3);
    });

  test('nor where the server logs slow statements alone', async () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const { indexed, log } = await trafficOf(seed * 77, 3);
      const { wrong } = judged(
        indexed,
        log.filter(({ ms }) => ms >= 1),
      );
      assert.deepEqual(wrong, [], `seed ${seed}`);
    }
  });

  test('nor where the log begins in the middle', async () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const { indexed, log } = await trafficOf(seed * 53, 4);
      const { wrong } = judged(indexed, log.slice(log.length >> 1));
      assert.deepEqual(wrong, [], `seed ${seed}`);
    }
  });
});
