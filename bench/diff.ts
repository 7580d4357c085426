import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { generateProject, projectFolder } from './generateProject.ts';
import { measure, type Run } from './measure.ts';
import { percentile } from './percentiles.ts';

// `querylens diff` beside a cold `querylens lint` of the same tree, by turns: nothing changed, files and the schema changed, with history and without.
const CLI = join(import.meta.dirname, '../dist/cli.js');
const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, changed: { type: 'string', default: '20' } },
  allowPositionals: true,
});

if (!existsSync(CLI)) throw new Error('dist/cli.js is missing: npm run build');
const [given] = positionals;
const clones = projectFolder('diff');
rmSync(clones, { recursive: true, force: true });
const tree = given === undefined ? generateProject(projectFolder(4000), 4000).folder : resolve(given);
const whole = repository(tree, join(clones, 'whole'));
compare('nothing changed', whole);
compare('nothing changed, without history', shallow(whole, join(clones, 'unchanged')));
change(whole, Number(values.changed));
compare(`${values.changed} files changed`, whole);
compare(`${values.changed} files changed, without history`, shallow(whole, join(clones, 'changed')));
changeSchema(whole);
compare(`${values.changed} files and the schema changed`, whole);

/** Copies a tree into a repository, as one commit of `main` from which `work` goes on. */
function repository(from: string, to: string): string {
  const isKept = (path: string) => !/^(?:\.git|node_modules)$/.test(path.split(sep).at(-1) ?? '');
  cpSync(from, to, { recursive: true, filter: isKept });
  git(to, 'init', '-q', '-b', 'main');
  git(to, 'add', '-A');
  git(to, 'commit', '-qm', 'Begin');
  git(to, 'checkout', '-qb', 'work');
  return to;
}

/** Adds a query in a loop to files that hold queries, and commits that. */
function change(folder: string, count: number): void {
  let left = count;
  for (const path of globSync('**/*.ts', { cwd: folder })) {
    const [, client = '', model = ''] = /(\w+)\.(\w+)\.findMany\(/.exec(readFileSync(join(folder, path), 'utf8')) ?? [];
    if (left === 0) break;
    if (model === '') continue;
    const loop = `  for (const id of ids) await ${client}.${model}.findUnique({ where: { id } });\n`;
    appendFileSync(join(folder, path), `\nexport async function addedTo${left}(ids: number[]) {\n${loop}}\n`);
    left -= 1;
  }
  if (left > 0) throw new Error(`${folder} has only ${count - left} files with queries`);
  git(folder, 'commit', '-qam', 'Work');
}

/** Adds a model, after which every file is linked again. */
function changeSchema(folder: string): void {
  const [schema] = globSync('**/*.prisma', { cwd: folder });
  if (schema === undefined) throw new Error(`${folder} has no schema`);
  appendFileSync(join(folder, schema), '\nmodel AddedByBench {\n  id Int @id\n}\n');
  git(folder, 'commit', '-qam', 'More');
}

/** One commit of `work`, and the one of `main`. */
function shallow(from: string, to: string): string {
  git(clones, 'clone', '-q', '--depth=1', '--branch', 'work', `file://${from}`, to);
  git(to, 'fetch', '-q', '--depth=1', 'origin', 'main:main');
  return to;
}

function git(folder: string, ...args: readonly string[]): void {
  const identity = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.org'];
  execFileSync('git', [...identity, ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}

function compare(name: string, folder: string): void {
  const turns = Array.from({ length: Number(values.runs) }, () => ({
    lint: accepted(measure([CLI, 'lint', '--format', 'json', '.'], folder)),
    diff: accepted(measure([CLI, 'diff', 'main', '--format', 'json'], folder)),
  }));
  const { fresh }: { fresh: readonly unknown[] } = JSON.parse(turns[0]?.diff.stdout ?? '');
  const ratio = (figure: (run: Run) => number) =>
    percentile(
      turns.map(({ lint, diff }) => figure(diff) / figure(lint)),
      50,
    ).toFixed(2);
  const seconds = percentile(
    turns.map(({ diff }) => diff.processor),
    50,
  ).toFixed(2);
  console.log(name);
  console.log(`  ${fresh.length} findings new, ${seconds} s of the processor`);
  console.log(
    `  ${ratio(({ processor }) => processor)} of a cold lint's processor, ${ratio((run) => run.seconds)} of its time, ${ratio(({ megabytes }) => megabytes)} of its memory\n`,
  );
}

function accepted(run: Run): Run {
  if (run.status === 0 || run.status === 1) return run;
  throw new Error(`a run ended with ${run.status}`);
}
