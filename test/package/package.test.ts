import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { crc32 } from 'node:zlib';
import { ROOT } from '#test/support/house/sources.ts';
import { type ZipEntry, zipEntries } from '#test/support/zipEntries.ts';
import { packExtension } from '../../scripts/package/packExtension.ts';
import { isTarget, TARGETS, type Target } from '../../scripts/package/targets.ts';

const MOST_BYTES = 15 * 1024 * 1024;
const targets = Object.keys(TARGETS).filter(isTarget);

/** Parts of the server's code that are loaded late; which there are follows from the code. */
const CHUNK = /^dist\/[\w.-]+-[A-Z0-9]{8}\.js$/;

describe('the packaged extension', () => {
  const out = mkdtempSync(join(tmpdir(), 'querylens-vsix-'));
  const archive = (target: Target): Buffer => readFileSync(join(out, `querylens-${target}.vsix`));
  const entries = (target: Target): readonly ZipEntry[] => zipEntries(archive(target));

  before(() => packExtension(ROOT, targets, out));
  after(() => rmSync(out, { recursive: true }));

  test('holds what it needs, no other package, no tests, no source maps', () => {
    const names = entries('linux-x64')
      .map(({ name }) => name.replace('extension/', ''))
      .sort();
    assert.deepEqual(
      names.filter((name) => !CHUNK.test(name)),
      expectedNames(),
    );
  });

  test('has the README as its page, without the pictures nobody could see there', () => {
    const blocks = readFileSync(join(ROOT, 'README.md'), 'utf8').split('\n\n');
    const page = blocks.filter((block) => !block.startsWith('![')).join('\n\n');
    const shipped = entries('linux-x64').find(({ name }) => name === 'extension/readme.md');
    assert.equal(shipped?.crc, crc32(page));
  });

  for (const target of targets)
    test(`for ${target} is small and holds SQLite of that platform`, () => {
      assert.ok(archive(target).length <= MOST_BYTES, `${archive(target).length} bytes`);
      const sqlite = entries(target).find(({ name }) => name === 'extension/dist/sqlite.node');
      assert.equal(sqlite?.crc, crc32(readFileSync(prebuild(target))));
    });
});

const BUILT = [
  'client.cjs',
  'main.js',
  'server.js',
  'types.js',
  'report-page.js',
  'report-page.css',
  'rules/README.md',
  'sqlite.node',
  'prisma_schema_build_bg.wasm',
  'libpg-query.wasm',
  'THIRD-PARTY-NOTICES.txt',
];

function expectedNames(): readonly string[] {
  const copied = ['syntaxes', 'client/media', 'client/sample'].flatMap(filesOf);
  const pages = readdirSync(join(ROOT, 'server/src/rules'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `dist/rules/${name}/README.md`);
  return [
    ...['[Content_Types].xml', 'extension.vsixmanifest', 'package.json', 'docs/config.schema.json'],
    ...['readme.md', 'changelog.md', 'LICENSE.txt'],
    ...BUILT.map((name) => `dist/${name}`),
    ...copied,
    ...pages,
  ].sort();
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(ROOT, join(parentPath, name)).replaceAll('\\', '/'));
}

function prebuild(target: Target): string {
  const library = dirname(createRequire(import.meta.url).resolve('better-sqlite3/package.json'));
  return join(library, 'prebuilds', `${TARGETS[target]}.node`);
}
