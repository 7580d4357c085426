import type { GraphBuilder } from '#graph/buildGraph.ts';
import type { ModuleResolver } from '#graph/modules/moduleResolution.ts';
import type { FileSelector, OnRound } from '#graph/modules/selectFiles.ts';
import type { LoadedSchemas } from '#schema/loadSchemas.ts';
import type { SchemaModel } from '#schema/schemaModel.ts';
import type { Problem } from '#shared/finding.ts';
import type { FileFacts } from '#syntax/facts.ts';
import type { FactsCache, FactsReader } from './factsCache.ts';
import { nearestFiles } from './firstLook.ts';
import type { Judge } from './judge.ts';
import { lateInputs } from './lateInputs.ts';
import type { MeasurementJoin } from './measured/joinMeasurements.ts';
import type { Pace } from './pace.ts';
import { type Stopwatch, stopwatch } from './phases.ts';
import { runRules } from './runRules.ts';
import type { AnalyzerOptions, Snapshot } from './snapshot.ts';

/** What one pass goes by; each part remembers what it learnt, so that the next pass looks only at what changed. */
export interface Means {
  readonly schemas: () => LoadedSchemas;
  readonly selector: FileSelector;
  readonly facts: FactsCache;
  readonly graphs: GraphBuilder;
  readonly judge: Judge;
  readonly join: MeasurementJoin;
}

/** One pass from text to findings. */
export async function analyse(options: AnalyzerOptions, means: Means, pace: Pace): Promise<Snapshot> {
  const { onPhase = ignore, onProgress = ignore } = options;
  const watch = stopwatch(onPhase);
  watch.begin('schemas');
  const loaded = means.schemas();
  await pace.pause();
  watch.begin('select');
  const selection = await pace.drive(means.selector.select(loaded.schemas));
  watch.begin('facts');
  const { read, onRound } = counting(await means.facts.reader(), onProgress);
  const files = await pace.drive(selection.parsed(read, onRound));
  const { resolver, sources } = selection;
  return findingsOf({ loaded, files, resolver, sources: sources.length }, { options, means, pace, watch });
}

/** The same for a few files and what they import alone. */
export async function analyseNearest(
  paths: readonly string[],
  options: AnalyzerOptions,
  means: Means,
  pace: Pace,
): Promise<Snapshot> {
  const watch = stopwatch(ignore);
  watch.begin('schemas');
  const loaded = means.schemas();
  await pace.pause();
  watch.begin('select');
  const resolver = means.selector.resolver();
  await pace.pause();
  watch.begin('facts');
  const facts = await means.facts.reader();
  const files = await pace.drive(nearestFiles(paths, { resolver, schemas: loaded.schemas, facts }));
  return findingsOf({ loaded, files, resolver, sources: files.size }, { options, means, pace, watch });
}

interface Parsed {
  readonly loaded: LoadedSchemas;
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly resolver: ModuleResolver;
  /** How many source files were looked at, parsed or not. */
  readonly sources: number;
}

interface Way {
  readonly options: AnalyzerOptions;
  readonly means: Means;
  readonly pace: Pace;
  readonly watch: Stopwatch;
}

async function findingsOf(
  { loaded, files, resolver, sources }: Parsed,
  { options, means, pace, watch }: Way,
): Promise<Snapshot> {
  const { workspace, settings, rules, log = ignore } = options;
  const { schemas, problems } = loaded;
  watch.begin('graph');
  const graph = await pace.drive(
    means.graphs.build({ workspace, schemas, files, resolver, entryPoints: settings.entryPoints }),
  );
  await pace.pause();
  watch.begin('rules');
  const measurements = options.measurements?.(graph) ?? NOTHING;
  const known = {
    ...{ queries: graph.sites, entryPoints: graph.entryPoints, schemas, graph, project: settings },
    measurements,
  };
  const run = runRules(rules, { ...known, ...(await lateInputs(rules, settings, graph, log)) }, settings, log);
  await pace.pause();
  watch.begin('judge');
  const { findings: suggested, suppressed } = means.judge.judge(
    run.reports,
    { graph, workspace, settings, rules },
    loaded,
  );
  const formers = options.formers?.(graph) ?? NOTHING;
  return {
    findings: means.join.join(suggested, { graph, settings, rules, measurements, formers }),
    suggested,
    suppressed,
    coverage: {
      files: sources,
      parsed: files.size,
      queryCalls: graph.sites.length + graph.unresolved.length,
      understood: graph.sites.length,
      unresolved: graph.unresolved,
    },
    problems: [...schemaProblems(problems, schemas), ...run.problems, ...unreadable(workspace.problems())],
    graph,
    phases: watch.end(),
  };
}

const NOTHING: ReadonlyMap<string, never> = new Map<string, never>();

/** Counts the files whose facts are at hand against those known to be needed so far. */
function counting(facts: FactsReader, onProgress: (done: number, total: number) => void): Counting {
  let [done, total] = [0, 0];
  return {
    read: (path) => {
      const found = facts(path);
      done = Math.min(done + 1, total);
      if (total > 0) onProgress(done, total);
      return found;
    },
    onRound: (files) => {
      total += files.length;
    },
  };
}

interface Counting {
  readonly read: FactsReader;
  readonly onRound: OnRound;
}

const NO_SCHEMA =
  'no Prisma schema found, so nothing was checked; Querylens looks for *.prisma files, prisma.config.* and package.json#prisma, ' +
  'and without Prisma for knex, pg, mysql2 or better-sqlite3 among the dependencies of a package.json. Name your schema under "schemas" in querylens.config.json';

function schemaProblems(problems: readonly Problem[], schemas: readonly SchemaModel[]): readonly Problem[] {
  if (problems.length > 0) return problems.map((problem) => ({ ...problem, kind: 'schema' }));
  return schemas.length > 0 ? [] : [{ file: '', line: null, column: null, message: NO_SCHEMA, kind: 'no-schema' }];
}

function unreadable(files: readonly { readonly file: string; readonly reason: string }[]): readonly Problem[] {
  return files.map(({ file, reason }) => ({
    file,
    line: null,
    column: null,
    message: `was left out: ${reason}`,
    kind: 'file',
  }));
}

function ignore(): void {
  // Nobody asked to be told.
}
