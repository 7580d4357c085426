import { buildGraph } from '#graph/buildGraph.ts';
import { createModuleResolver } from '#graph/modules/moduleResolution.ts';
import { type FileSelection, selectFiles } from '#graph/modules/selectFiles.ts';
import type { FileRole } from '#graph/projectGraph.ts';
import { loadSchemas } from '#schema/loadSchemas.ts';
import type { SchemaModel } from '#schema/schemaModel.ts';
import type { Problem } from '#shared/finding.ts';
import type { Settings } from '#shared/settings.ts';
import type { FileFacts } from '#syntax/facts.ts';
import type { FactsCache } from './factsCache.ts';
import { judge } from './judge.ts';
import { stopwatch } from './phases.ts';
import { runRules } from './runRules.ts';
import type { AnalyzerOptions, Snapshot } from './snapshot.ts';

/** One pass from text to findings; `previous` schemas stand in for ones that are broken now. */
export async function analyse(
  options: AnalyzerOptions,
  facts: FactsCache,
  previous: readonly SchemaModel[],
): Promise<Snapshot> {
  const { workspace, settings, rules, log = ignore, onPhase = ignore } = options;
  const watch = stopwatch(onPhase);
  watch.begin('schemas');
  const { schemas, problems } = loadSchemas(workspace, { paths: settings.schemas, previous });
  watch.begin('select');
  const resolver = createModuleResolver(workspace);
  const selection = selectFiles({ workspace, resolver, schemas, leaveOut: leftOut(settings) });
  watch.begin('facts');
  const files = await parseInRounds(selection, facts);
  watch.begin('graph');
  const graph = buildGraph({ workspace, schemas, files, resolver, entryPoints: settings.entryPoints });
  watch.begin('rules');
  const run = runRules(
    rules,
    { queries: graph.sites, entryPoints: graph.entryPoints, schemas, graph, project: settings },
    settings,
    log,
  );
  watch.begin('judge');
  const judgement = judge(run.reports, { graph, workspace, settings, rules });
  return {
    ...judgement,
    coverage: {
      files: selection.sources.length,
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

/** Each round decides with all facts so far; a fresh map, because the graph keeps what it is given. */
async function parseInRounds(selection: FileSelection, facts: FactsCache): Promise<ReadonlyMap<string, FileFacts>> {
  let files = await facts.facts(selection.first);
  for (let wanted = selection.next(files); wanted.length > 0; wanted = selection.next(files)) {
    files = new Map([...files, ...(await facts.facts(wanted))]);
  }
  return files;
}

/** Roles nobody asked to hear of and whose code cannot make other code slow. */
function leftOut({ include }: Settings): ReadonlySet<FileRole> {
  const unasked = (['test', 'fixture', 'generated'] as const).filter((role) => !include.includes(role));
  return new Set<FileRole>(unasked);
}

const NO_SCHEMA =
  'no Prisma schema found, so nothing was checked; Querylens looks for *.prisma files, prisma.config.* and package.json#prisma. ' +
  'Name yours under "schemas" in querylens.config.json';

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
