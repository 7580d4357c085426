import { join } from 'node:path';
import type { Snapshot } from '#analyzer/snapshot.ts';
import { loadSqlite } from '#bridge/sqlite.ts';
import { type Evidence, openEvidence } from '#bridge/store/openEvidence.ts';
import { EVIDENCE_FILE, identityOf } from '#bridge/store/storeFile.ts';
import type { Formers, MeasurementDetail, Measurements } from '#shared/measurement.ts';
import type { RouteFigures } from '#shared/routeFigures.ts';

/** What was measured of a folder's project. Nothing is opened before there is something and it may be read; until then it is all empty. */
export interface FolderEvidence {
  /** Opens what may be read and closes what may not any more; to be called before anything is read for an answer. */
  prepare(): Promise<void>;
  measurements(graph: Snapshot['graph']): Measurements;
  formers(graph: Snapshot['graph']): Formers;
  detail(site: string, graph: Snapshot['graph']): MeasurementDetail | null;
  unplaced: Evidence['unplaced'];
  models: Evidence['models'];
  routes(graph: Snapshot['graph']): readonly RouteFigures[];
  totals(graph: Snapshot['graph']): ReadonlyMap<string, number>;
  periods(slowMs: number, graph: Snapshot['graph']): ReturnType<Evidence['periods']>;
  ratios: Evidence['ratios'];
  slowInAnHour: Evidence['slowInAnHour'];
  /** Whether an answer made now would know something else than the last one; cheap. */
  changed(): boolean;
  /** Whether there is anything that could be shown or cleared. */
  exists(): boolean;
  close(): void;
}

export interface EvidenceSurroundings {
  /** Absolute; another one after the project's beginning moved. */
  readonly root: () => string;
  /** Whether the editor lets us open it now. */
  readonly allowed: () => boolean;
  /** Told once in one line why what is there cannot be read. */
  readonly complain: (problem: string) => void;
}

export function folderEvidence({ root, allowed, complain }: EvidenceSurroundings): FolderEvidence {
  let open: { readonly root: string; readonly evidence: Evidence } | null = null;

  function close(): void {
    open?.evidence.close();
    open = null;
  }

  async function prepare(): Promise<void> {
    if (!allowed() || open?.root !== root()) close();
    if (!allowed() || open || !isThere(root())) return;
    const sqlite = await loadSqlite();
    if (!allowed() || open) return;
    open = { root: root(), evidence: openEvidence(sqlite, root()) };
  }

  /** A disk that refuses is told once, and takes nothing else with it. */
  function asked<Answer>(ask: (evidence: Evidence) => Answer, otherwise: Answer): Answer {
    try {
      return open ? ask(open.evidence) : otherwise;
    } catch (error) {
      complain(`measurements cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      close();
      return otherwise;
    }
  }

  return {
    prepare,
    measurements: (graph) =>
      asked<Measurements>((evidence) => {
        // What is counted from here on is for the next answer.
        evidence.changed();
        const problem = evidence.problem();
        if (problem !== null) complain(problem);
        return evidence.measurements(graph);
      }, new Map()),
    formers: (graph) => asked<Formers>((evidence) => evidence.formers(graph), new Map()),
    detail: (site, graph) => asked((evidence) => evidence.detail(site, graph), null),
    unplaced: (most) => asked((evidence) => evidence.unplaced(most), []),
    models: () => asked((evidence) => evidence.models(), []),
    routes: (graph) => asked((evidence) => evidence.routeFigures(graph), []),
    totals: (graph) => asked<ReadonlyMap<string, number>>((evidence) => evidence.totals(graph), new Map()),
    periods: (slowMs, graph) => asked((evidence) => evidence.periods(slowMs, graph), null),
    ratios: () => asked((evidence) => evidence.ratios(), []),
    slowInAnHour: (overMs) => asked((evidence) => evidence.slowInAnHour(overMs), null),
    changed: () => {
      if (!allowed()) return open !== null;
      return open ? asked((evidence) => evidence.changed(), true) : isThere(root());
    },
    exists: () => allowed() && isThere(root()),
    close,
  };
}

/** What cannot be looked at is not there. */
function isThere(root: string): boolean {
  try {
    return identityOf(join(root, EVIDENCE_FILE)) !== null;
  } catch {
    return false;
  }
}
