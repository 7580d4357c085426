import { join, relative, resolve } from 'node:path';
import { acceptFindings, readBaseline, writeBaseline } from '#analyzer/baseline.ts';
import { Failure } from '#analyzer/failure.ts';
import { hangOnMeasurements } from '#analyzer/judgeFile.ts';
import { isAsked, withinPaths } from '#analyzer/projectFindings.ts';
import { plural } from '#render/count.ts';
import type { Finding } from '#shared/finding.ts';
import type { Output } from '../host.ts';
import { lintTargets } from '../lintTargets.ts';
import { projectEvidence, seenIn } from '../projectEvidence.ts';
import { openProject, type ProjectRun, type RunSurroundings } from '../projectRun.ts';

/** Writes each project's baseline: `create` accepts what is there now in the paths, `prune` drops entries whose finding is gone. */
export async function baseline(
  action: 'create' | 'prune',
  paths: readonly string[],
  config: string | null,
  output: Output,
  around: RunSurroundings,
): Promise<void> {
  const configFile = config === null ? null : resolve(around.cwd, config);
  for (const project of lintTargets(paths, around.cwd, configFile).projects) {
    const evidence = await projectEvidence(project.root, 'present', (problem) => around.log(`querylens: ${problem}`));
    const run = openProject(project, { levels: {}, include: [] }, { ...around, ...seenIn(evidence) });
    try {
      output.write(
        `${await (action === 'create' ? create(run, around.cwd) : prune(run, around, evidence !== null))}\n`,
      );
    } finally {
      evidence?.close();
    }
  }
}

async function create(run: ProjectRun, cwd: string): Promise<string> {
  const { path, name } = placeOf(run, cwd);
  const present = await presentFindings(run);
  acceptFindings(path, name, present, ({ file }) => !isAsked(run.project, file));
  return `${name}: ${plural(present.length, 'finding')} accepted`;
}

/** What hangs on measurements is not taken for gone where there are none. */
async function prune(run: ProjectRun, { cwd, rules }: RunSurroundings, isMeasured: boolean): Promise<string> {
  const { path, name } = placeOf(run, cwd);
  const entries = readBaseline(path, name);
  if (entries === null)
    throw new Failure(`${name}: there is no baseline to prune; write one with \`querylens baseline create\``);
  const present = new Set((await presentFindings(run)).map(({ id }) => id));
  const passing = isMeasured ? new Set<string>() : hangOnMeasurements(rules);
  const kept = entries.filter(
    ({ id, rule, file }) => present.has(id) || passing.has(rule) || !isAsked(run.project, file),
  );
  writeBaseline(path, kept);
  return `${name}: ${plural(entries.length - kept.length, 'entry')} dropped, ${kept.length} kept`;
}

async function presentFindings({ project, analyzer }: ProjectRun): Promise<readonly Finding[]> {
  return withinPaths((await analyzer.snapshot()).findings, project);
}

function placeOf({ project, settings }: ProjectRun, cwd: string): { readonly path: string; readonly name: string } {
  const path = join(project.root, settings.baseline);
  return { path, name: relative(cwd, path) };
}
