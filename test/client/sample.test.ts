import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyse } from '#test/support/analyse.ts';

const SAMPLE = join(import.meta.dirname, '../../client/sample');

const files = Object.fromEntries(
  globSync('**/*.*', { cwd: SAMPLE }).map((path) => [
    path.replaceAll('\\', '/'),
    readFileSync(join(SAMPLE, path), 'utf8'),
  ]),
);

test('the sample shows what its README promises', async () => {
  const { findings, coverage } = await analyse(files);
  const shown = new Set(findings.map(({ rule, file }) => `${rule} ${file}`));
  for (const promised of [
    'n-plus-one src/loans.ts',
    'write-in-loop src/loans.ts',
    'over-fetching src/books.ts',
    'unbounded-query src/books.ts',
    'missing-index prisma/schema.prisma',
  ])
    assert.ok(shown.has(promised), promised);
  assert.deepEqual(coverage.unresolved, []);
});

test('the query that the sample calls right has no finding', async () => {
  const { findings } = await analyse(files);
  const text = files['src/books.ts'] ?? '';
  const line = text.slice(0, text.indexOf('export function shelf')).split('\n').length;
  assert.deepEqual(
    findings.filter((finding) => finding.file === 'src/books.ts' && finding.line > line),
    [],
  );
});
