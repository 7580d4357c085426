import { buildGraph } from '#graph/buildGraph.ts';
import { selectFiles } from '#graph/selectFiles.ts';
import { loadSchemas } from '#schema/loadSchemas.ts';
import type { SchemaModel } from '#schema/schemaModel.ts';
import type { Problem } from '#shared/finding.ts';
import type { AnalyzerOptions, Snapshot } from './analyzer.ts';
import type { FactsCache } from './factsCache.ts';
import { judge } from './judge.ts';
import { stopwatch } from './phases.ts';
import { runRules } from './runRules.ts';

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
  const selected = selectFiles(workspace, schemas);
  watch.begin('facts');
  const files = await facts.facts(selected.parse);
  watch.begin('graph');
  const graph = buildGraph({ workspace, schemas, files });
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
      files: selected.files,
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
