import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '#analyzer/failure.ts';
import { type QuerySite, siteAt } from '#analyzer/siteAt.ts';
import type { Snapshot } from '#analyzer/snapshot.ts';
import { loadSqlite } from '#bridge/sqlite.ts';
import { measurementsOf } from '#bridge/store/measurementsOf.ts';
import { openStore } from '#bridge/store/openStore.ts';
import { EVIDENCE_FILE } from '#bridge/store/storeFile.ts';
import type { Finding } from '#shared/finding.ts';

/** The findings, those about a call with what was measured of it; a {@link Failure} where nothing was ever measured. */
export async function measuredFindings(
  findings: readonly Finding[],
  graph: Snapshot['graph'],
  root: string,
): Promise<readonly Finding[]> {
  if (!existsSync(join(root, EVIDENCE_FILE)))
    throw new Failure('--evidence: there are no measurements yet; `querylens ingest` counts the logs of the project');
  const opened = openStore(await loadSqlite(), root);
  if (opened.kind === 'refused') throw new Failure(opened.reason);
  const { store } = opened;
  try {
    const sites = new Map(findings.map((finding) => [finding, siteOf(finding, graph)]));
    const ids = [...sites.values()].flatMap((site) => (site ? [site.id] : []));
    const measured = measurementsOf(store, [...new Set(ids)]);
    return findings.map((finding) => {
      const measurement = measured.get(sites.get(finding)?.id ?? '');
      return measurement ? { ...finding, measurement } : finding;
    });
  } finally {
    store.close();
  }
}

function siteOf({ file, line, column, model, operation }: Finding, graph: Snapshot['graph']): QuerySite | null {
  const start = graph.files.get(file)?.lineStarts[line - 1];
  const site = start === undefined ? null : siteAt(graph, file, start + column - 1);
  return site && (site.model?.name ?? null) === model && site.operation === operation ? site : null;
}
