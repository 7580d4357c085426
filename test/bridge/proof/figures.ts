import assert from 'node:assert/strict';
import { globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createSampleCounter } from '#bridge/ingest/countSamples.ts';
import { ingestFile } from '#bridge/ingest/ingestFile.ts';
import { sourceOf } from '#bridge/sources.ts';
import { loadSqlite } from '#bridge/sqlite.ts';
import { openEvidence } from '#bridge/store/openEvidence.ts';
import { openStore } from '#bridge/store/openStore.ts';
import type { KeptTally } from '#bridge/store/tally.ts';
import type { Measurement, Measurements } from '#shared/measurement.ts';
import { canonicalSql } from '#sql/canonical/canonicalSql.ts';
import type { TrueExecution } from './executions.ts';
import { siteAt } from './judge.ts';
import type { Proof } from './proof.ts';
import type { RanShop } from './runShop.ts';

/** What became of some logs. */
export interface Ingested {
  readonly tallies: readonly KeptTally[];
  readonly measurements: Measurements;
}

/** Counts logs into an empty store of the project, their format found by their content. */
export async function ingested({ root, graph, index }: RanShop, logs: readonly string[]): Promise<Ingested> {
  for (const file of globSync('.querylens/evidence.db*', { cwd: root })) rmSync(join(root, file));
  const sqlite = await loadSqlite();
  const opened = openStore(sqlite, root);
  assert.ok(opened.kind === 'open');
  const counter = createSampleCounter(index);
  const means = { store: opened.store, sourceOf: (head: string) => sourceOf(head), cutOff: () => assert.fail() };
  for (const log of logs) assert.equal(await ingestFile(log, { ...counter, ...means }), 'counted');
  assert.equal(counter.counts.unreadable, 0);
  const tallies = opened.store.tallies();
  opened.store.close();
  const evidence = openEvidence(sqlite, root);
  const measurements = evidence.measurements(graph);
  evidence.close();
  return { tallies, measurements };
}

/** As the store names the call at a place. */
export function idAt({ graph }: RanShop, place: string | null): string | null {
  return place === null ? null : (siteAt(graph, place)?.id ?? null);
}

export function textOf({ sql }: Pick<TrueExecution, 'sql'>): string {
  return canonicalSql(sql, 'postgresql').text;
}

/** Holds counts and percentiles of every call to the times of the same log. */
export function checkFigures(
  { ran, executions, verdicts }: Proof,
  format: string,
  { tallies, measurements }: Ingested,
) {
  const open = new Set(
    [...(verdicts.get(format)?.sites ?? [])].filter(([, { open }]) => open > 0).map(([place]) => idAt(ran, place)),
  );
  const known = executions.map((each) => ({ ms: each.ms, id: idAt(ran, each.site), text: textOf(each) }));
  let checked = 0;
  for (const [site, measurement] of measurements) {
    const { calls } = measurement;
    const own = tallies.filter(({ subject }) => subject.site === site && subject.part === 'first');
    const texts = new Set(own.map(({ subject }) => subject.text));
    const sent = known.filter(({ id, text }) => id === site && texts.has(text));
    // What is said to be of no one call is missing from its figures.
    if (open.has(site)) assert.ok(calls <= sent.length, site);
    else assert.equal(calls, sent.length, site);
    if (calls !== sent.length) continue;
    checkPercentiles(
      measurement,
      sent.map(({ ms }) => ms),
      site,
    );
    checked += 1;
  }
  return checked;
}

const TOLERANCE = 0.02;

/** Holds percentiles to the times they are of. */
export function checkPercentiles({ p50Ms, p95Ms, p99Ms }: Measurement, ms: readonly number[], site: string): void {
  const times = ms.toSorted((a, b) => a - b);
  for (const [percent, told] of [
    [50, p50Ms],
    [95, p95Ms],
    [99, p99Ms],
  ] as const) {
    const exact = times[Math.floor((percent / 100) * (times.length - 1))] ?? 0;
    assert.ok(Math.abs((told ?? 0) - exact) <= exact * TOLERANCE, `p${percent} of ${site}: ${told}, and not ${exact}`);
  }
}
