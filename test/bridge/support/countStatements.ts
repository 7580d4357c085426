import assert from 'node:assert/strict';
import type { Sample } from '#bridge/sample.ts';
import type { EvidenceStore } from '#bridge/store/evidenceStore.ts';
import type { Tallies } from '#bridge/store/tally.ts';

/** Counts statements by their text as it stands in the log, as belonging to no call. */
export function countStatements(sample: Sample, _: unknown, into: Tallies): void {
  assert.ok(sample.kind === 'statement');
  const known = { site: null, name: '', match: 'unmatched', part: 'first' } as const;
  into.execution({ dialect: 'postgresql', text: sample.sql, ...known }, sample.at ?? 0, sample.ms, 1);
}

/** How often each statement was counted, in the order of the texts. */
export function executionsIn(store: EvidenceStore): readonly (readonly [string, number])[] {
  const all = new Map<string, number>();
  for (const { subject, count } of store.tallies()) all.set(subject.text, (all.get(subject.text) ?? 0) + count);
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1));
}
