import type { EvidenceStore } from './evidenceStore.ts';

/** How often each statement is kept that no call is known to send. */
export function unmatchedShapes({ database }: EvidenceStore): ReadonlyMap<string, number> {
  const rows = database
    .prepare<[], { readonly text: string; readonly count: number }>(
      `SELECT text, sum(count) AS count FROM executions JOIN shapes ON shapes.id = executions.shape
       WHERE match = 'unmatched' GROUP BY text`,
    )
    .all();
  return new Map(rows.map(({ text, count }) => [text, count]));
}
