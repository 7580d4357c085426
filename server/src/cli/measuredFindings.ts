import { Failure } from '#analyzer/failure.ts';
import { type QuerySite, siteAt } from '#analyzer/siteAt.ts';
import type { Snapshot } from '#analyzer/snapshot.ts';
import { loadSqlite } from '#bridge/sqlite.ts';
import { openEvidence } from '#bridge/store/openEvidence.ts';
import type { Finding } from '#shared/finding.ts';

/** The findings, those about a call with what was measured of it; a {@link Failure} where nothing was ever measured. */
export async function measuredFindings(
  findings: readonly Finding[],
  graph: Snapshot['graph'],
  root: string,
): Promise<readonly Finding[]> {
  const evidence = openEvidence(await loadSqlite(), root);
  try {
    const problem = evidence.problem();
    if (problem !== null) throw new Failure(problem);
    if (!evidence.exists())
      throw new Failure('--evidence: there are no measurements yet; `querylens ingest` counts the logs of the project');
    const measured = evidence.measurements(graph);
    return findings.map((finding) => {
      const measurement = measured.get(siteOf(finding, graph)?.id ?? '');
      return measurement ? { ...finding, measurement } : finding;
    });
  } finally {
    evidence.close();
  }
}

function siteOf({ file, line, column, model, operation }: Finding, graph: Snapshot['graph']): QuerySite | null {
  const start = graph.files.get(file)?.lineStarts[line - 1];
  const site = start === undefined ? null : siteAt(graph, file, start + column - 1);
  return site && (site.model?.name ?? null) === model && site.operation === operation ? site : null;
}
