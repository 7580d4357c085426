import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { CONFIG_FILE, loadSettings } from '#analyzer/loadSettings.ts';
import { RULES } from '#rules/index.ts';
import { builtCli } from '#test/support/builtCli.ts';

const root = join(import.meta.dirname, '..');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/architecture.md',
  'docs/rules.md',
  'docs/ci.md',
  'docs/report.md',
  'docs/budgets.md',
  'examples/shop/README.md',
];
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

function read(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}
