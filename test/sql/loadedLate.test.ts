import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { projectFolder, SMALL_PROJECT } from '#test/support/projectFolder.ts';

const PROGRAM = join(import.meta.dirname, '../../server/src/cli/process.ts');
const RECORDER = join(import.meta.dirname, 'support/recordModules.mjs');
const CALLS =
  "import { prisma } from './db';\n\nexport const all = () => prisma.post.findMany({ include: { author: true } });\n";

/** Modules of Prisma's client that a run of the command line loads. */
function clientModules(context: TestContext, ...args: readonly string[]): readonly string[] {
  const folder = projectFolder(context, { ...SMALL_PROJECT, 'src/calls.ts': CALLS });
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', RECORDER, PROGRAM, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.match(stdout, /post|Post/, stderr);
  const modules = stderr.split('\n').filter((line) => line.startsWith('file:'));
  assert.ok(modules.some((address) => address.endsWith('/server/src/cli/main.ts')));
  return modules.filter((address) => address.includes('/@prisma/client/'));
}

test('linting loads neither the client nor a compiler', (t) => {
  assert.deepEqual(clientModules(t, 'lint'), []);
});

test('the first query that is compiled loads one database of them', (t) => {
  const modules = clientModules(t, 'sql', 'src/calls.ts:3');
  const compilers = modules.flatMap((address) => /query_compiler_\w+\.(\w+)\.mjs$/.exec(address)?.[1] ?? []);
  assert.equal(compilers.length, 1, modules.join('\n'));
  assert.ok(modules.some((address) => address.includes('/runtime/client.')));
});
