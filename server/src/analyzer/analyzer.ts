import { createGraphBuilder, type GraphBuilder } from '#graph/buildGraph.ts';
import { createFileSelector } from '#graph/modules/selectFiles.ts';
import type { FileRole } from '#graph/projectGraph.ts';
import type { Settings } from '#shared/settings.ts';
import { overlayWorkspace } from '#workspace/overlayWorkspace.ts';
import { factsCache, overlayFacts } from './factsCache.ts';
import { createJudge } from './judge.ts';
import { createMeasurementJoin } from './measured/joinMeasurements.ts';
import { createPace } from './pace.ts';
import { analyse, analyseNearest, type Means } from './pipeline.ts';
import { schemaMemory } from './schemaMemory.ts';
import type { AnalyzerOptions, Snapshot } from './snapshot.ts';
import { createTrials, trialSelector } from './trials.ts';

export type { AnalyzerOptions, Snapshot } from './snapshot.ts';

export interface Analyzer {
  /** Marks files that changed, appeared or vanished; nothing is read before the next snapshot. */
  update(paths: readonly string[]): void;
  /** The answer over everything; rejects with the signal's reason once it is aborted, and what was learnt until then is kept. */
  snapshot(signal?: AbortSignal): Promise<Snapshot>;
  /**
   * Findings in a few files, from them and what they import alone: for whoever cannot wait for the first {@link Analyzer.snapshot}. Provisional:
   * callers elsewhere are not known, so loops and routes that reach the files are missing, and now and then a caller would have taken a finding back.
   */
  firstLook(paths: readonly string[], signal?: AbortSignal): Promise<Snapshot>;
  /** The answer as it would be if some files had other texts, or came into being: for trying a fix. It shares what is known and changes none of it. */
  trial(texts: ReadonlyMap<string, string>, signal?: AbortSignal): Promise<Snapshot>;
}

/** The engine behind one door: the command line asks once, an editor after every pause. Answers are made one after the other. */
export function createAnalyzer(options: AnalyzerOptions): Analyzer {
  const { workspace, settings, turnMs = null } = options;
  const schemas = schemaMemory(workspace, settings.schemas);
  const facts = factsCache(workspace);
  const selector = createFileSelector(workspace, leftOut(settings));
  const [graphs, judge, join] = [createGraphBuilder(), createJudge(), createMeasurementJoin()];
  const means: Means = { schemas: schemas.load, facts, selector, graphs, judge, join };
  const trials = createTrials();
  let listed: readonly string[] | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function update(paths: readonly string[]): void {
    const changed = withFilesBelow(paths, listed ?? []);
    for (const each of [schemas, facts, selector]) each.forget(changed);
  }

  async function snapshot(signal: AbortSignal | undefined): Promise<Snapshot> {
    signal?.throwIfAborted();
    const files = workspace.files();
    if (listed !== null && listed !== files) facts.keep(new Set(files));
    listed = files;
    return analyse(options, means, createPace(turnMs, signal));
  }

  function inTurn(ask: () => Promise<Snapshot>): Promise<Snapshot> {
    const answer = last.then(ask);
    last = answer.catch(() => undefined);
    return answer;
  }

  async function firstLook(paths: readonly string[], signal: AbortSignal | undefined): Promise<Snapshot> {
    signal?.throwIfAborted();
    const apart: Means = { ...means, graphs: createGraphBuilder(), judge: createJudge() };
    const seen = await analyseNearest(paths, options, apart, createPace(turnMs, signal));
    return { ...seen, findings: seen.findings.filter(({ file }) => paths.includes(file)) };
  }

  async function trial(texts: ReadonlyMap<string, string>, graphs: GraphBuilder, signal: AbortSignal | undefined) {
    signal?.throwIfAborted();
    const overlay = overlayWorkspace(workspace, texts);
    const changed = new Set(texts.keys());
    const tried: Means = {
      schemas: () => schemas.over(overlay, changed),
      facts: overlayFacts(facts, overlay, changed),
      selector: trialSelector(selector, workspace.files(), changed, selector.over(overlay, changed)),
      ...{ graphs, join },
      judge: createJudge(),
    };
    const { rules, log = () => undefined } = options;
    return analyse({ workspace: overlay, settings, rules, log }, tried, createPace(turnMs, signal));
  }

  return {
    update,
    snapshot: (signal) => inTurn(() => snapshot(signal)),
    firstLook: (paths, signal) => inTurn(() => firstLook(paths, signal)),
    trial: (texts, signal) => trials.inTurn((graphs) => trial(texts, graphs, signal)),
  };
}

/** Roles nobody asked to hear of and whose code cannot make other code slow. */
function leftOut({ include }: Settings): ReadonlySet<FileRole> {
  const unasked = (['test', 'fixture', 'generated'] as const).filter((role) => !include.includes(role));
  return new Set<FileRole>(unasked);
}

/** A folder stands for the files that were in it. */
function withFilesBelow(paths: readonly string[], files: readonly string[]): readonly string[] {
  const known = new Set(files);
  const folders = paths.filter((path) => !known.has(path)).map((path) => `${path}/`);
  if (folders.length === 0) return paths;
  return [...paths, ...files.filter((file) => folders.some((folder) => file.startsWith(folder)))];
}
