import assert from 'node:assert/strict';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { CONFIG_FILE, loadSettings } from '#analyzer/loadSettings.ts';
import { RULES } from '#rules/index.ts';
import { builtCli } from '#test/support/builtCli.ts';

const root = join(import.meta.dirname, '..');
const pages = ['*.md', 'docs/**/*.md', 'server/src/rules/*/README.md', 'examples/shop/*.md', 'bench/*.md', 'probe/*.md']
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .sort();
const MOST_BYTES = 250_000;
const readme = read('README.md');

describe('README', () => {
  test('names only options there are', () => {
    const help = builtCli(['lint', '--help'], root).stdout;
    const ours = readme.replace(/^code --.*$/gm, '');
    const named = new Set(ours.match(/(?<=[\s`])--[a-z][a-z-]+/g));
    assert.ok(named.size > 5);
    assert.deepEqual(
      [...named].filter((option) => !help.includes(option)),
      [],
    );
  });

  test('shows a configuration that is accepted', () => {
    const config = /```jsonc\n(?<text>[\s\S]*?)```/.exec(readme)?.groups?.text ?? '';
    const folder = mkdtempSync(join(tmpdir(), 'querylens-readme-'));
    writeFileSync(join(folder, CONFIG_FILE), config);
    const settings = loadSettings(join(folder, CONFIG_FILE), RULES);
    rmSync(folder, { recursive: true });
    assert.deepEqual(settings.models, { Country: { rows: 250 } });
  });
});

describe('links lead to files', () => {
  for (const page of pages) {
    test(page, () => {
      const links = [...read(page).matchAll(/\]\((?!https?:)(?<path>[^)#]+)/g)].map(({ groups }) => groups?.path ?? '');
      assert.deepEqual(
        links.filter((path) => !existsSync(join(root, dirname(page), path))),
        [],
      );
    });
  }
});

describe('pictures', () => {
  const shown = pages.flatMap((page) =>
    [...read(page).matchAll(/!\[(?<says>[^\]]*)\]\((?<path>[^)]+)\)/g)].map(({ groups }) => ({
      says: groups?.says ?? '',
      path: join(dirname(page), groups?.path ?? ''),
    })),
  );
  const there = globSync('docs/pictures/*', { cwd: root });

  test('are all shown, and small', () => {
    assert.deepEqual(
      there.filter((path) => !shown.some((each) => each.path === path)),
      [],
    );
    assert.deepEqual(
      there.filter((path) => statSync(join(root, path)).size > MOST_BYTES),
      [],
    );
  });

  test('say what is in them to those who do not see them', () => {
    assert.ok(shown.length > 5);
    assert.deepEqual(
      shown.filter(({ says }) => says.split(' ').length < 6),
      [],
    );
  });
});

function read(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}
