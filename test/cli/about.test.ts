import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtCli } from '#test/support/builtCli.ts';
import manifest from '../../package.json' with { type: 'json' };

test('about names what the bundle really loads', () => {
  const { status, stdout, stderr } = builtCli(['about'], import.meta.dirname);
  assert.deepEqual([status, stderr], [0, '']);
  const [querylens, ...others] = stdout.trimEnd().split('\n');
  assert.equal(querylens, `Querylens: ${manifest.version}`);
  assert.deepEqual(
    others.map((line) => line.replace(/\d+\.\d+\.\d+\S*/, 'x.y.z')),
    [
      `Node: x.y.z on ${process.platform}-${process.arch}`,
      'Prisma schema parser: x.y.z',
      'TypeScript parser: x.y.z',
      'SQLite: x.y.z',
    ],
  );
});
