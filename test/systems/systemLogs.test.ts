import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCli } from '#test/cli/runCli.ts';

// The logs these systems write, read on their own code.

const SECRET = 'secret-of-mira';

/** Executions by how they were matched. */
function check(system: string, log: string, expected: Readonly<Record<string, number>>): void {
  test(`${system}: ${log}`, async (context) => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'querylens-system-')));
    context.after(() => rmSync(root, { recursive: true, force: true }));
    cpSync(join(import.meta.dirname, 'fixtures', system), root, { recursive: true });
    const { status, stdout, stderr } = await runCli(
      ['ingest', join('logs', log), '--json', '--explain-unmatched'],
      root,
    );
    assert.equal(status, 0, stderr);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const { matched } = events.find(({ kind }) => kind === 'summary');
    const met = Object.entries(matched).filter(([, count]) => count !== 0);
    assert.deepEqual(Object.fromEntries(met), expected);
    assert.ok(!(stdout + stderr).includes(SECRET));
    const kept = readdirSync(join(root, '.querylens')).map((name) =>
      readFileSync(join(root, '.querylens', name), 'latin1'),
    );
    assert.ok(kept.length > 0);
    assert.ok(!kept.some((text) => text.includes(SECRET)));
  });
}

check('gallery', 'slow.log', { shape: 3 });
check('gallery', 'console.log', { shape: 3 });
check('diary', 'console.log', { model: 3, unmatched: 1 });
check('helpdesk', 'console.log', { label: 3, unmatched: 1 });
check('soundbank', 'app.log', { label: 2, unmatched: 1 });
check('soundbank', 'postgres.log', { shape: 4, unmatched: 1 });
check('noticeboard', 'console.log', { label: 3, unmatched: 1 });
