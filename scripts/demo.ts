import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

// Lints the example shop the way anybody would lint their own project.
const root = join(import.meta.dirname, '..');
console.log('querylens lint examples/shop\n');
const { status } = spawnSync(process.execPath, [join(root, 'scripts/querylens.ts'), 'lint', 'examples/shop'], {
  cwd: root,
  stdio: 'inherit',
});
// The shop has findings on purpose: 1 is the answer wanted here.
process.exitCode = status === 1 ? 0 : 2;
