import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { DEFAULT_EDITOR_SETTINGS } from '#shared/editorSettings.ts';
import { CLIENT_COMMANDS, METHODS, SERVER_COMMANDS } from '#shared/protocol.ts';

const root = join(import.meta.dirname, '../..');
const page = join(root, 'docs/protocol.md');
const source = readFileSync(join(root, 'shared/src/protocol.ts'), 'utf8');
const MARK = /<!-- shared\/src\/protocol\.ts: \w+ -->/;
const SHAPES = /(?<=## Shapes\n[\s\S]*```ts\n)[\s\S]*?(?=```)/;

/** Every exported shape of the protocol with its comment, as the page shows it. */
function shapes(): string {
  const declarations =
    source.match(/(?:^\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?^export (?:interface|type) [\s\S]*?(?:^\}|;(?=\n\n))/gm) ?? [];
  return `${declarations.map((text) => text.replace(/^export /m, '')).join('\n\n')}\n`;
}

function mark(): string {
  return `<!-- shared/src/protocol.ts: ${createHash('sha1').update(source).digest('hex').slice(0, 12)} -->`;
}

describe('docs/protocol.md', () => {
  if (process.env.UPDATE) writeFileSync(page, readFileSync(page, 'utf8').replace(SHAPES, shapes).replace(MARK, mark));
  const text = readFileSync(page, 'utf8');

  test('names every method, command and setting', () => {
    const settings = Object.entries(DEFAULT_EDITOR_SETTINGS).flatMap(([name, value]) =>
      typeof value === 'object' ? Object.keys(value).map((inner) => `${name}.${inner}`) : [name],
    );
    const names = [METHODS, SERVER_COMMANDS, CLIENT_COMMANDS].flatMap((all) => Object.values<string>(all));
    assert.deepEqual(
      [...names, ...settings].filter((name) => !text.includes(`\`${name}\``)),
      [],
    );
  });

  test('shows the shapes as they are', () => {
    assert.equal(SHAPES.exec(text)?.[0], shapes(), 'UPDATE=1 writes them');
  });

  test('was read again after the last change of the protocol', () => {
    assert.equal(MARK.exec(text)?.[0], mark(), 'read the page, put it right, then run with UPDATE=1');
  });
});
