import { Failure } from '#analyzer/failure.ts';
import { indexesMarkdown, indexesText } from '#render/report/indexesText.ts';
import type { Finding } from '#shared/finding.ts';
import type { IndexAdvice, PerformanceReport } from '#shared/report.ts';
import type { Host } from '../host.ts';
import { type ReportedProject, useOf, withProjectReport } from '../projectReport.ts';
import type { RunSurroundings } from '../projectRun.ts';
import { writeIndexes } from '../writeIndexes.ts';

/** Option values as commander gives them. */
export interface IndexesOptions {
  readonly format: 'text' | 'markdown' | 'json';
  /** Show and write what is only a hint, too. */
  readonly hints?: boolean;
  readonly write?: boolean;
  readonly drop?: boolean;
  /** False leaves migrations to the person. */
  readonly migrations: boolean;
  /** As for lint: true requires measurements, false leaves them out. */
  readonly evidence?: boolean;
}

/** Prints which indexes the queries of a project need, and if asked to writes them into its schema and its migrations. */
export async function indexes(
  path: string,
  options: IndexesOptions,
  host: Host,
  around: Pick<RunSurroundings, 'rules' | 'log'>,
): Promise<void> {
  if (options.drop && !options.write) throw new Failure('--drop says what --write takes out; give both');
  const { hints = false, write = false, drop = false, migrations } = options;
  await withProjectReport({ path, use: useOf(options.evidence) }, host, around, async (project) => {
    refuseBrokenSchemas(project);
    for (const { message, kind } of project.problems) if (kind === 'rule') host.stderr.write(`querylens: ${message}\n`);
    const advice = adviceOf(project.report);
    host.stdout.write(TEXTS[options.format](advice, hints));
    if (!write) return;
    const chosen = changesOf(project.report, hints);
    host.stderr.write(await writeIndexes(chosen, { drop, migrations }, project));
  });
}

const TEXTS: Readonly<Record<IndexesOptions['format'], (advice: IndexAdvice, hints: boolean) => string>> = {
  text: (advice, hints) => indexesText(advice, { hints }),
  markdown: (advice, hints) => indexesMarkdown(advice, { hints }),
  json: (advice) => `${JSON.stringify(advice, null, 2)}\n`,
};

/** Of a schema that is not understood some queries would be silent, and an index they need would seem superfluous. */
function refuseBrokenSchemas({ problems }: ReportedProject): void {
  const broken = problems.find(({ kind }) => kind === 'schema');
  if (broken)
    throw new Failure(
      `${broken.file}:${broken.line ?? 1}: ${broken.message}; indexes are advised once the schema is valid`,
    );
}

function adviceOf({ indexes: all, queries }: PerformanceReport): IndexAdvice {
  const served = new Set(all.flatMap(({ serves }) => serves));
  return { version: 1, indexes: all, queries: queries.filter(({ id }) => served.has(id)) };
}

/** In the order of the advice. */
function changesOf({ indexes: all, findings }: PerformanceReport, hints: boolean): readonly Finding[] {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const wanted = hints ? all : all.filter(({ severity }) => severity !== 'hint');
  return wanted.flatMap(({ finding }) => byId.get(finding) ?? []);
}
