import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { ROOT } from '#test/support/house/sources.ts';
import manifest from '../../package.json' with { type: 'json' };

const require = createRequire(import.meta.url);
const BASES = ['typescript', 'tsx', 'javascript', 'sql', 'prisma'];

describe('grammars', () => {
  test('colour every fixture as the comments in it say', () => {
    const tool = require.resolve('vscode-tmgrammar-test/dist/unit.js');
    const grammars = join(dirname(require.resolve('tm-grammars/grammars/sql.json')));
    const args = [
      ...['--compact', '--config', join(ROOT, 'package.json')],
      ...BASES.flatMap((name) => ['-g', join(grammars, `${name}.json`)]),
      join(import.meta.dirname, 'fixtures/*'),
    ];
    const { status, stdout, stderr } = spawnSync(process.execPath, [tool, ...args], { cwd: ROOT, encoding: 'utf8' });
    assert.equal(status, 0, `${stdout}${stderr}`);
  });

  test('all stand in the manifest', () => {
    const files = readdirSync(join(ROOT, 'syntaxes')).map((name) => `./syntaxes/${name}`);
    assert.deepEqual(manifest.contributes.grammars.map(({ path }) => path).sort(), files.sort());
  });
});

describe('languages of logs', () => {
  const byFirstLine = (line: string): readonly string[] =>
    manifest.contributes.languages
      .filter(({ firstLine }) => firstLine !== undefined && new RegExp(firstLine).test(line))
      .map(({ id }) => id);

  const lines: readonly (readonly [line: string, language: string | null])[] = [
    ['2026-11-21 00:25:04.910 UTC [1252] app@shop LOG:  duration: 0.093 ms  statement: BEGIN', 'postgres-log'],
    ['2026-11-21 00:25:34.332 UTC [778] LOG:  checkpoint starting: immediate force wait', 'postgres-log'],
    ['# User@Host: app[app] @ localhost [127.0.0.1]', 'mysql-slow-log'],
    ['# Time: 2026-11-21T00:25:34.332Z', 'mysql-slow-log'],
    ['/usr/sbin/mysqld, Version: 8.0.36 (MySQL Community Server - GPL). started with:', 'mysql-slow-log'],
    ['/usr/sbin/mariadbd, Version: 10.11.6-MariaDB-log (Debian 12). started with:', 'mysql-slow-log'],
    ['prisma:query SELECT 1', 'query-log'],
    ['# A heading', null],
    ['2026-11-21 00:25:04 GET /api/orders 200', null],
  ];
  for (const [line, language] of lines)
    test(`${line.slice(0, 40)} begins ${language ?? 'none of them'}`, () => {
      assert.deepEqual(byFirstLine(line), language === null ? [] : [`querylens-${language}`]);
    });
});
