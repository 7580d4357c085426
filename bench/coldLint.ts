import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { generateProject, projectFolder } from './generateProject.ts';
import { fastest, measure, type Run } from './measure.ts';

// One cold `querylens lint` against one cold ESLint with a single rule, on the same tree, in turns.
const here = import.meta.dirname;
const cli = join(here, '../dist/cli.js');
const eslint = join(here, 'node_modules/eslint/bin/eslint.js');
const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '1' } },
  allowPositionals: true,
});

if (!existsSync(cli)) stop('dist/cli.js is missing: npm run build');
if (!existsSync(eslint)) stop('ESLint is missing: npm ci --prefix bench');
for (const path of positionals.length > 0 ? positionals : [generated(4000)]) compare(resolve(path));

function compare(folder: string): void {
  const ours: Run[] = [];
  const theirs: Run[] = [];
  for (let turn = 0; turn < Number(values.runs); turn += 1) {
    ours.push(accept(measure([cli, 'lint', '--format', 'json', '.'], folder), 'querylens'));
    theirs.push(
      accept(
        measure([eslint, '--no-config-lookup', '--config', join(here, 'eslint.config.js'), '.'], folder),
        'eslint',
      ),
    );
  }
  const [our, their] = [fastest(ours), fastest(theirs)];
  const { coverage, findings } = JSON.parse(our.stdout) as Answer;
  console.log(folder);
  console.log(
    `  ${coverage.files} files, ${coverage.parsed} parsed, ${coverage.queryCalls} query calls, ${findings.length} findings`,
  );
  console.log(`  querylens lint                  ${row(our)}`);
  console.log(`  eslint, no-await-in-loop alone  ${row(their)}`);
  console.log(`  querylens takes 1/${(their.seconds / our.seconds).toFixed(1)} of the time\n`);
}

interface Answer {
  readonly coverage: { readonly files: number; readonly parsed: number; readonly queryCalls: number };
  readonly findings: readonly unknown[];
}

function row({ seconds, megabytes }: Run): string {
  return `${seconds.toFixed(2).padStart(7)} s ${megabytes.toFixed(0).padStart(6)} MB`;
}

function accept(run: Run, name: string): Run {
  if (run.status === 0 || run.status === 1) return run;
  return stop(`${name} ended with ${run.status}`);
}

function generated(files: number): string {
  const project = generateProject(projectFolder(files), files);
  console.log(`generated: ${project.files} files, ${project.lines} lines, ${project.sites} query sites`);
  return project.folder;
}

function stop(message: string): never {
  console.error(message);
  process.exit(2);
}
