import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '#analyzer/failure.ts';
import { isFolder } from '#analyzer/project.ts';
import { type SiteIndex, siteIndex } from '#bridge/attribute/siteIndex.ts';
import { createSampleCounter, type SampleCounter } from '#bridge/ingest/countSamples.ts';
import { type Ingested, ingestText } from '#bridge/ingest/ingestText.ts';
import { openLog } from '#bridge/openLog.ts';
import type { Source } from '#bridge/source.ts';
import { SOURCES, sourceById, sourceOf, sourcesWith } from '#bridge/sources.ts';
import { loadSqlite } from '#bridge/sqlite.ts';
import type { EvidenceStore } from '#bridge/store/evidenceStore.ts';
import { openStore } from '#bridge/store/openStore.ts';
import { retain } from '#bridge/store/retention.ts';
import { createSqlCompiler } from '#sql/sqlCompiler.ts';
import type { Host } from '../host.ts';
import { ingestSummary, type LogSummary, unmatchedListing } from '../ingestSummary.ts';
import { lintTargets } from '../lintTargets.ts';
import { createProgress } from '../progress.ts';
import { openProject, type RunSurroundings } from '../projectRun.ts';

export interface IngestOptions {
  /** The project, where it is not that of the current folder. */
  readonly cwd?: string;
  readonly format?: string;
  readonly explainUnmatched?: boolean;
}

/** Counts the executions in logs on the calls of a project, and prints what became of them; false where a log could not be read. */
export async function ingest(
  files: readonly string[],
  options: IngestOptions,
  host: Host,
  log: RunSurroundings['log'],
): Promise<boolean> {
  if (options.format !== undefined) knownFormat(options.format, SOURCES);
  for (const file of files) checkLog(file, host.cwd);
  const progress = createProgress(host.stderr);
  const around = { rules: [], cwd: host.cwd, log, onPhase: progress.show };
  const { index, root, sources } = await indexProject(options.cwd ?? '.', around).finally(progress.clear);
  const format = options.format === undefined ? null : knownFormat(options.format, sources);
  const opened = openStore(await loadSqlite(), root);
  if (opened.kind === 'refused') throw new Failure(opened.reason);
  const { store, setAside } = opened;
  if (setAside !== null)
    host.stderr.write(
      `querylens: the store of measurements was damaged; it is now ${setAside}, and a new one was begun\n`,
    );
  try {
    const started = performance.now();
    const counter = createSampleCounter(index);
    const logs: LogSummary[] = [];
    for (const file of files) logs.push(await ingestLog(file, format, { store, counter, host, sources }));
    const dropped = retain(store, Date.now());
    host.stdout.write(ingestSummary(logs, counter.counts, (performance.now() - started) / 1000));
    if (dropped > 0) host.stdout.write(`  ${dropped} older executions were dropped: 14 days and 256 MB are kept\n`);
    if (options.explainUnmatched) host.stdout.write(unmatchedListing(counter.counts));
    return logs.every(({ outcome }) => outcome !== 'unknown-format');
  } catch (error) {
    throw storeFailure(error) ?? error;
  } finally {
    store.close();
  }
}

function knownFormat(id: string, sources: readonly Source[]): Source {
  const source = sourceById(id, sources);
  if (source) return source;
  const known = SOURCES.map(({ id, reads }) => `  ${id.padEnd(20)} ${reads}`).join('\n');
  throw new Failure(`there is no format ${id}; these are known:\n${known}`);
}

const STANDARD_INPUT = '-';

function checkLog(file: string, cwd: string): void {
  if (file === STANDARD_INPUT) return;
  const path = resolve(cwd, file);
  if (!existsSync(path)) throw new Failure(`${file}: there is no such file`);
  if (isFolder(path)) throw new Failure(`${file} is a folder; name the logs in it`);
}

async function indexProject(
  path: string,
  around: RunSurroundings,
): Promise<{ readonly index: SiteIndex; readonly root: string; readonly sources: readonly Source[] }> {
  const [project] = lintTargets([path], around.cwd, null).projects;
  if (!project) throw new Failure(`${path}: there is no project`);
  const run = openProject(project, { levels: {}, include: [] }, around);
  const { graph, problems } = await run.analyzer.snapshot();
  const broken = problems.find(({ kind }) => kind === 'no-schema');
  if (broken) throw new Failure(broken.message);
  const compiler = await createSqlCompiler(run.workspace).open(graph.schemas, graph);
  const index = siteIndex(graph, (site) => compiler.sqlOf(graph, site));
  return { index, root: project.root, sources: await readableFormats(run.settings.logPatterns) };
}

/** A pattern may be a regular expression and still hold what those matched in linear time have not. */
async function readableFormats(logPatterns: readonly string[]): Promise<readonly Source[]> {
  try {
    return await sourcesWith(logPatterns);
  } catch (error) {
    throw new Failure(`"logPatterns" cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
}

interface IngestMeans {
  readonly store: EvidenceStore;
  readonly counter: SampleCounter;
  readonly host: Host;
  readonly sources: readonly Source[];
}

/** Others may read the same log at the same time: whoever is overtaken begins again behind them. */
const MOST_ATTEMPTS = 50;

async function ingestLog(
  file: string,
  format: Source | null,
  { store, counter, host, sources }: IngestMeans,
): Promise<LogSummary> {
  let source: Source | null = format;
  let outcome: Ingested = 'overtaken';
  for (let attempt = 0, anew = false; attempt < MOST_ATTEMPTS && isUnfinished(outcome); attempt++) {
    const input = file === STANDARD_INPUT ? standardInput(host) : resolve(host.cwd, file);
    const chunks = openLog(input, () =>
      host.stderr.write(`querylens: ${file}: it is packed, and its end is missing\n`),
    );
    outcome = await ingestText(chunks, {
      store,
      sourceOf: (head) => {
        source = format ?? sourceOf(head, sources);
        return source;
      },
      count: counter.count,
      settle: counter.settle,
      unreadable: counter.unreadable,
      lost: counter.lost,
      anew,
    });
    anew = outcome === 'other-text';
    if (file === STANDARD_INPUT) break;
  }
  if (isUnfinished(outcome)) throw new Failure(`${file}: another process is counting it; run this again`);
  return { name: file, format: source?.id ?? null, outcome };
}

function isUnfinished(outcome: Ingested): outcome is 'overtaken' | 'other-text' {
  return outcome === 'overtaken' || outcome === 'other-text';
}

async function* standardInput(host: Host): AsyncIterable<Buffer> {
  for await (const chunk of host.stdin) yield Buffer.from(chunk);
}

/** What SQLite says of disks and files is for people. */
function storeFailure(error: unknown): Failure | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!(error instanceof Error) || !/^(?:SQLITE_|E[A-Z]+$)/.test(code)) return null;
  const kept = 'what was counted before is kept, and counting goes on from there when this is run again';
  return new Failure(`${error.message}; ${kept}`);
}
