import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '#analyzer/failure.ts';
import type { AnalyzerOptions, Snapshot } from '#analyzer/snapshot.ts';
import type { Evidence } from '#bridge/store/openEvidence.ts';
import { EVIDENCE_FILE } from '#bridge/store/storeFile.ts';
import type { RouteFigures } from '#shared/routeFigures.ts';
import type { LintReport } from './lintReport.ts';

/** Whether to use what was measured: where there is something, in any case, or not at all. */
export type UseOfEvidence = 'present' | 'required' | 'none';

/** What was measured of a project, for one run. */
export interface ProjectEvidence
  extends Required<Pick<AnalyzerOptions, 'measurements' | 'formers'>>,
    Pick<Evidence, 'detail' | 'ratios' | 'slowInAnHour' | 'periods' | 'totals'> {
  routes(graph: Snapshot['graph']): readonly RouteFigures[];
  /** How much of it belongs to calls that are there. */
  summary(graph: Snapshot['graph']): LintReport['measured'];
  close(): void;
}

/** Null where none is to be used; SQLite is loaded only where there is some. What cannot be read is told to `complain`, or ends the run where it is required. */
export async function projectEvidence(
  root: string,
  use: UseOfEvidence,
  complain: (problem: string) => void,
): Promise<ProjectEvidence | null> {
  if (use === 'none') return null;
  if (!hasEvidence(root)) {
    if (use === 'present') return null;
    throw new Failure(`--evidence: ${NOTHING_YET}`);
  }
  const [{ loadSqlite }, { openEvidence }] = await Promise.all([
    import('#bridge/sqlite.ts'),
    import('#bridge/store/openEvidence.ts'),
  ]);
  const evidence = openEvidence(await loadSqlite(), root);
  const { measurements, routeFigures: routes } = evidence;
  const isNeeded = use === 'required';
  const reason = evidence.problem() ?? (isNeeded && !holdsAnything(evidence) ? NOTHING_YET : null);
  if (reason === null) return { ...evidence, routes, summary: (graph) => summary(graph, measurements) };
  evidence.close();
  if (isNeeded) throw new Failure(`--evidence: ${reason}`);
  complain(`${reason}; findings are those of the code alone`);
  return null;
}

const NOTHING_YET = 'there are no measurements yet; `querylens ingest` counts the logs of the project';

/** A store that was cleared is still there. */
function holdsAnything({ measurements, routeFigures, unplaced, ratios }: Evidence): boolean {
  return measurements().size + routeFigures().length + unplaced(1).length + ratios().length > 0;
}

/** Whether anything was ever measured of a project. */
export function hasEvidence(root: string): boolean {
  return existsSync(join(root, EVIDENCE_FILE));
}

/** The part an analyzer is handed. */
export function seenIn(evidence: ProjectEvidence | null): Pick<AnalyzerOptions, 'measurements' | 'formers'> {
  return evidence ? { measurements: evidence.measurements, formers: evidence.formers } : {};
}

function summary(
  graph: Snapshot['graph'],
  measurements: ProjectEvidence['measurements'],
): NonNullable<LintReport['measured']> {
  const known = measurements(graph);
  const found = graph.sites.flatMap(({ id }) => known.get(id) ?? []);
  return {
    calls: found.length,
    executions: found.reduce((sum, { calls }) => sum + calls, 0),
    lastSeen: found.length === 0 ? null : Math.max(...found.map(({ lastSeen }) => lastSeen)),
  };
}
