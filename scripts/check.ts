import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { staleFiles } from './generate/generatedFiles.ts';

// Everything a change must pass, in the order in which it fails fastest. CI runs this and nothing else.
const root = join(import.meta.dirname, '..');
const bin = (path: string): readonly string[] => [process.execPath, join(root, 'node_modules', path)];

const steps: readonly (readonly [name: string, command: readonly string[]])[] = [
  ['format and lint', [...bin('@biomejs/biome/bin/biome'), 'check', '.']],
  ['types', [...bin('typescript/bin/tsc'), '--noEmit']],
  ['types of the page', [...bin('typescript/bin/tsc'), '--noEmit', '-p', 'client/page']],
  ['build', [process.execPath, join(root, 'scripts/build.ts')]],
  ['tests', [process.execPath, '--test', 'test/**/*.test.ts']],
];

const stale = await staleFiles(root);
if (stale.length > 0) stop('generated files', `${stale.map(({ path }) => path).join('\n')}\nnpm run generate`);
passed('generated files', 0);
for (const [name, [program = '', ...args]] of steps) {
  const start = performance.now();
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) stop(name, '');
  passed(name, performance.now() - start);
}

function passed(name: string, ms: number): void {
  console.error(`check: ${name} passed${ms > 0 ? ` (${(ms / 1000).toFixed(1)} s)` : ''}`);
}

function stop(name: string, details: string): never {
  console.error(`${details}\ncheck: ${name} failed`);
  process.exit(1);
}
