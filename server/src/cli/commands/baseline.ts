import { join, relative, resolve } from 'node:path';
import { acceptFindings, readBaseline, writeBaseline } from '#analyzer/baseline.ts';
import { Failure } from '#analyzer/failure.ts';
import { isAsked, withinPaths } from '#analyzer/projectFindings.ts';
import { plural } from '#render/count.ts';
import type { Finding } from '#shared/finding.ts';
import type { Output } from '../host.ts';
import { lintTargets } from '../lintTargets.ts';
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
    const run = openProject(project, { levels: {}, include: [] }, around);
    output.write(`${await (action === 'create' ? create(run, around.cwd) : prune(run, around.cwd))}\n`);
  }
}

async function create(run: ProjectRun, cwd: string): Promise<string> {
  const { path, name } = placeOf(run, cwd);
  const present = await presentFindings(run);
  acceptFindings(path, name, present, ({ file }) => !isAsked(run.project, file));
  return `${name}: ${plural(present.length, 'finding')} accepted`;
}

async function prune(run: ProjectRun, cwd: string): Promise<string> {
  const { path, name } = placeOf(run, cwd);
  const entries = readBaseline(path, name);
  if (entries === null)
    throw new Failure(`${name}: there is no baseline to prune; write one with \`querylens baseline create\``);
  const present = new Set((await presentFindings(run)).map(({ id }) => id));
  const kept = entries.filter(({ id, file }) => present.has(id) || !isAsked(run.project, file));
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
