import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { RULES } from '#rules/index.ts';
import { builtCli } from '#test/support/builtCli.ts';

const root = join(import.meta.dirname, '../..');
const golden = join(root, 'test/golden/shop.json');

interface Report {
  readonly findings: readonly { readonly rule: string }[];
}

test('the shop shows every rule, and its findings are the committed ones', () => {
  const { stdout, stderr } = builtCli(['lint', '--format', 'json', '.'], join(root, 'examples/shop'));
  assert.equal(stderr, '');
  if (process.env.UPDATE) writeFileSync(golden, stdout);
  const { findings }: Report = JSON.parse(stdout);
  assert.deepEqual(
    [...new Set(findings.map(({ rule }) => rule))].sort(),
    RULES.filter(({ meta }) => meta.stage === 'stable').map(({ meta }) => meta.id),
  );
  assert.deepEqual(JSON.parse(stdout), JSON.parse(readFileSync(golden, 'utf8')));
});
