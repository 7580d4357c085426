import { join } from 'node:path';
import { generateProject, projectFolder } from './generateProject.ts';
import { fastest, measure } from './measure.ts';

// The cost of a cold run on projects of growing size: seconds per thousand files must not grow.
const cli = join(import.meta.dirname, '../dist/cli.js');
const runs = Number(process.argv[2] ?? 2);

for (const count of [1000, 2000, 4000]) {
  const { folder, files, lines, sites } = generateProject(projectFolder(count), count);
  const all = Array.from({ length: runs }, () => measure([cli, 'lint', '--format', 'json', '.'], folder));
  const { seconds, megabytes } = fastest(all);
  const perThousand = (seconds * 1000) / files;
  console.log(
    `${files} files, ${lines} lines, ${sites} query sites: ${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB, ${perThousand.toFixed(2)} s per 1,000 files`,
  );
}
