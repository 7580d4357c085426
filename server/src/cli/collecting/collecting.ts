import { Failure } from '#analyzer/failure.ts';
import { createSampleCounter, type SampleCounter } from '#bridge/ingest/countSamples.ts';
import type { Source } from '#bridge/source.ts';
import { sourcesWith } from '#bridge/sources.ts';
import { loadSqlite } from '#bridge/sqlite.ts';
import type { EvidenceStore } from '#bridge/store/evidenceStore.ts';
import { openStore } from '#bridge/store/openStore.ts';
import { retain } from '#bridge/store/retention.ts';
import type { Host } from '../host.ts';
import { createProgress } from '../progress.ts';
import type { RunSurroundings } from '../projectRun.ts';
import { checkedOutCommit } from './checkedOutCommit.ts';
import { createDeploys, type Deploys, namedDeploy } from './deploys.ts';
import { type IndexedProject, indexProject } from './indexedProject.ts';
import { ingestSummary, type LogSummary, retentionLine } from './ingestSummary.ts';
import { standingStore } from './standingStore.ts';
import { keepHeapSteady } from './steadyHeap.ts';
import { createTeller, type Teller } from './tell.ts';

/** What `ingest`, `watch` and `serve` take alike. */
export interface CollectOptions {
  /** The project, where it is not that of the current folder. */
  readonly cwd?: string;
  /** Tell events for a program, see shared/src/collectorEvents.ts. */
  readonly json?: boolean;
  /** What was running; false where commits are not to tell it either. */
  readonly deploy?: string | false;
}

/** A project, its store, and what counts executions on its calls. */
export interface Collecting {
  /** Absolute: the folder of the project. */
  readonly root: string;
  readonly settings: IndexedProject['settings'];
  /** The formats there are, with the project's own patterns. */
  readonly sources: readonly Source[];
  readonly store: EvidenceStore;
  readonly counter: SampleCounter;
  readonly tell: Teller;
  /** Takes over what was edited in the code, for whoever runs long; to be asked before a batch is counted, and nearly free where it was asked just before. */
  takeEdits(): Promise<void>;
  /** To be called after what was counted is written: says how much that is. */
  written(): void;
  /** Drops what is too old, and tells what was counted in all. */
  finish(logs: readonly LogSummary[]): void;
}

/** Opens all that collecting needs, lets `work` do it and closes; what a person can put right ends as a {@link Failure}, told to programs too. */
export async function collect(
  { cwd = '.', json = false, deploy }: CollectOptions,
  host: Host,
  around: Pick<RunSurroundings, 'rules' | 'log'>,
  work: (collecting: Collecting) => Promise<boolean>,
): Promise<boolean> {
  const tell = createTeller(host, json);
  try {
    const named = namedDeploy(deploy, host.env);
    const project = await openProject(cwd, host, around);
    keepHeapSteady();
    const sources = await readableFormats(project.settings.logPatterns);
    const store = standingStore(await openEvidence(project.root, tell), project.root);
    try {
      return await work(collectingOf(project, sources, store, tell, createDeploys(project.root, named)));
    } finally {
      store.close();
    }
  } catch (error) {
    const failure = storeFailure(error) ?? error;
    if (failure instanceof Failure) tell.event({ kind: 'failed', message: failure.message });
    throw failure;
  }
}

function openProject(path: string, host: Host, known: Pick<RunSurroundings, 'rules' | 'log'>): Promise<IndexedProject> {
  const progress = createProgress(host.stderr);
  const around = { ...known, cwd: host.cwd, onPhase: progress.show };
  return indexProject(path, around).finally(progress.clear);
}

/** A pattern may be a regular expression and still hold what those matched in linear time have not. */
async function readableFormats(logPatterns: readonly string[]): Promise<readonly Source[]> {
  try {
    return await sourcesWith(logPatterns);
  } catch (error) {
    throw new Failure(`"logPatterns" cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function openEvidence(root: string, tell: Teller): Promise<EvidenceStore> {
  const opened = openStore(await loadSqlite(), root, { revision: () => checkedOutCommit(root) });
  if (opened.kind === 'refused') throw new Failure(opened.reason);
  const { store, setAside } = opened;
  if (setAside !== null) {
    const message = `the store of measurements was damaged; it is now ${setAside}, and a new one was begun`;
    tell.event({ kind: 'warning', message });
  }
  return store;
}

/** In milliseconds: whoever runs all day drops what is too old now and then. */
const RETAIN_MS = 3_600_000;

function collectingOf(
  project: IndexedProject,
  sources: readonly Source[],
  store: EvidenceStore,
  tell: Teller,
  deploys: Deploys,
): Collecting {
  const { root, settings } = project;
  const counter = createSampleCounter(project.index, Date.now, deploys.of);
  const { counts } = counter;
  const started = performance.now();
  let retained = started;
  let dropped = 0;
  let told = 0;
  const retainNow = () => {
    dropped += retain(store, Date.now());
    retained = performance.now();
  };
  return {
    ...{ root, settings, sources, store, counter, tell },
    takeEdits: async () => {
      try {
        const index = await project.edited();
        if (index) counter.renew(index);
        deploys.look(index !== null);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        tell.event({
          kind: 'warning',
          message: `edits of the code could not be read, so calls are those of before: ${reason}`,
        });
      }
    },
    written: () => {
      const executions = counts.executions - told;
      told = counts.executions;
      if (executions > 0) tell.event({ kind: 'counted', executions });
      if (performance.now() - retained > RETAIN_MS) retainNow();
    },
    finish: (logs) => {
      retainNow();
      const seconds = (performance.now() - started) / 1000;
      const { executions, matched, unreadable, lost } = counts;
      tell.event({ kind: 'summary', executions, matched, unreadable, lost, seconds });
      tell.text(ingestSummary(logs, counts, seconds) + retentionLine(dropped));
    },
  };
}

/** What reading a log into the store takes of it. */
export function ingestMeans({ store, counter, written }: Collecting) {
  const { count, settle, unreadable, lost } = counter;
  return { store, written, count, settle, unreadable, lost };
}

/** What SQLite says of disks and files is for people. */
function storeFailure(error: unknown): Failure | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!(error instanceof Error) || !/^(?:SQLITE_|E[A-Z]+$)/.test(code)) return null;
  const kept = 'what was counted before is kept, and counting goes on from there when this is run again';
  return new Failure(`${error.message}; ${kept}`);
}
