import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { builtCli } from '#test/support/builtCli.ts';
import { LOOP, projectFolder, SMALL_PROJECT, SMALL_SCHEMA } from '#test/support/projectFolder.ts';
import manifest from '../../package.json' with { type: 'json' };
import { runCli } from './runCli.ts';

const script = join(import.meta.dirname, '../../scripts/querylens.ts');

describe('the bundle', () => {
  test('answers as the sources do', async (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    for (const format of ['stylish', 'json']) {
      const args = ['lint', '--format', format];
      const { stdout, ...rest } = await runCli(args, folder);
      assert.deepEqual(builtCli(args, folder), { ...rest, stdout: stdout.replace('1.2.3', manifest.version) });
    }
  });

  test('reads standard input', (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    const args = [script, 'lint', '--format', 'agent', '--stdin-filename', 'src/new.ts'];
    const { stdout } = spawnSync(process.execPath, args, { cwd: folder, input: LOOP, encoding: 'utf8' });
    assert.match(stdout, /^src\/new\.ts:6:23: warning n-plus-one/);
  });

  test('compiles a query for each database', async (context) => {
    for (const provider of ['postgresql', 'mysql', 'sqlite', 'sqlserver']) {
      const schema = SMALL_SCHEMA.replace('postgresql', provider);
      const folder = projectFolder(context, { ...SMALL_PROJECT, 'prisma/schema.prisma': schema });
      const args = ['sql', 'src/titles.ts:6'];
      assert.deepEqual(builtCli(args, folder), await runCli(args, folder), provider);
    }
  });

  test('prints the page of a rule and its own version', () => {
    assert.match(builtCli(['explain', 'n-plus-one'], import.meta.dirname).stdout, /^n-plus-one\n/);
    assert.equal(builtCli(['--version'], import.meta.dirname).stdout, `${manifest.version}\n`);
  });

  test('ends quietly when nobody reads on', (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    const command = `"${process.execPath}" "${script}" lint --format json | head -c 1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
    assert.deepEqual([stdout, stderr], ['{', '']);
  });
});
