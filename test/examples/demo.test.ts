import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const README = join(root, 'README.md');
const SHOWN = /(?<=<!-- demo -->\n```\n)[\s\S]*?(?=\n```)/;

describe('npm run demo', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'querylens-demo-'));
  after(() => rmSync(temporary, { recursive: true }));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/demo.ts', '--discard'], {
    cwd: root,
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary },
    encoding: 'utf8',
  });

  test('ends well, quietly and with nothing left behind', () => {
    assert.equal(status, 0, stderr);
    assert.equal(stderr, '');
    assert.deepEqual(
      readdirSync(temporary).filter((name) => name.startsWith('querylens')),
      [],
    );
  });

  test('counts the same calls every time', () => {
    const counted = /^ .* n-plus-one .*$/gm;
    const lines = (stdout.match(counted) ?? []).map((line) => line.trim().split(/\s{2,}/));
    const calls = lines.map((cells) => `${cells.at(-1)}: ${cells[1]} calls, ${cells[2]} a request`);
    assert.deepEqual(calls.sort(), [
      'src/services/orders.ts:15: 600 calls, 100 a request',
      'src/services/stock.ts:11: 300 calls, 50 a request',
    ]);
  });

  test('prints what the README shows, but for the figures of the run', () => {
    const printed = /^\S+orders\.ts:[\s\S]*?(?=\n\n\S)/m.exec(stdout)?.[0];
    assert.ok(printed, stdout);
    const readme = readFileSync(README, 'utf8');
    if (process.env.UPDATE)
      writeFileSync(
        README,
        readme.replace(SHOWN, () => printed),
      );
    assert.equal(withoutFigures(SHOWN.exec(readFileSync(README, 'utf8'))?.[0] ?? ''), withoutFigures(printed));
  });
});

/** Without times, and what is concluded from them: another machine may be quicker. */
function withoutFigures(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/ Measured(?: of \S+)?: .*? calls\./, '')
    .replace(/proof .*? seen /, 'seen ')
    .replace(/[\d.]+ (?:ms|s)\b/g, '…')
    .replace(/last seen [^;]*;/, 'last seen …;');
}
