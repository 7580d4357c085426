import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { RULES } from '#rules/index.ts';
import { builtCli } from '#test/support/builtCli.ts';

const root = join(import.meta.dirname, '../..');
const golden = join(root, 'test/golden/shop.json');

interface Report {
  readonly summary: unknown;
  readonly findings: readonly { readonly rule: string }[];
}

/**
 * The shop's database is a SQLite file, to which there is no round trip: queries that wait for each other lose nothing there. It has no
 * Redis either, and nothing was measured of it.
 */
const NOT_SHOWN: ReadonlySet<string> = new Set(['sequential-awaits', 'redis-keys', 'redis-in-loop', 'slow-query']);

test('the shop shows every rule that is on by itself, and its findings are the committed ones', () => {
  const { stdout, stderr } = builtCli(['lint', '--no-evidence', '--format', 'json', '.'], join(root, 'examples/shop'));
  assert.equal(stderr, '');
  const { summary, findings }: Report = JSON.parse(stdout);
  if (process.env.UPDATE) writeFileSync(golden, `${JSON.stringify({ summary, findings }, null, 2)}\n`);
  assert.deepEqual({ summary, findings }, JSON.parse(readFileSync(golden, 'utf8')));
  const on = RULES.filter(
    ({ meta: { id, stage, preset } }) => stage === 'stable' && preset === 'recommended' && !NOT_SHOWN.has(id),
  );
  assert.deepEqual(
    [...new Set(findings.map(({ rule }) => rule))].sort(),
    on.map(({ meta }) => meta.id),
  );
});
