import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { COMMANDS, CONTEXT_KEYS, FINDINGS_VIEW, REPORT_VIEW } from '#client/commandIds.ts';
import { DEFAULT_EDITOR_SETTINGS } from '#shared/editorSettings.ts';
import manifest from '../../package.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '../..');
const { contributes } = manifest;
const declared = contributes.commands.map(({ command }) => command);
const text = JSON.stringify(contributes);

describe('the manifest', () => {
  test('declares the commands of the extension and no others', () => {
    const own = Object.values(COMMANDS).filter((id) => id !== COMMANDS.focusFindings);
    assert.deepEqual([...declared].sort(), [...own].sort());
  });

  test('links and menus lead to commands there are', () => {
    const linked = [
      ...text.matchAll(/command:(querylens\.[\w.]+)|"command":"(querylens\.[\w.]+)"|onCommand:(querylens\.[\w.]+)/g),
    ];
    const known = new Set<string>(Object.values(COMMANDS));
    assert.deepEqual(
      linked.map(([, a, b, c]) => a ?? b ?? c ?? '').filter((id) => !known.has(id)),
      [],
    );
  });

  test('conditions ask for keys that are set', () => {
    const asked = [...text.matchAll(/"(?:when|enablement)":"([^"]*)"/g)].flatMap(
      ([, when = '']) => when.match(/querylens\.\w+/g) ?? [],
    );
    const known = new Set<string>([...Object.values(CONTEXT_KEYS), FINDINGS_VIEW, REPORT_VIEW]);
    assert.deepEqual(
      asked.filter((key) => !known.has(key)),
      [],
    );
  });

  test('texts that are no Markdown hold no code marks', () => {
    const texts = [...contributes.viewsWelcome.map(({ contents }) => contents), ...stepTexts()];
    assert.deepEqual(
      texts.filter((shown) => shown.includes('`')),
      [],
    );
  });

  test('every file it names is there', () => {
    const named = [...text.matchAll(/"((?:\.\/)?(?:client|docs|syntaxes)\/[^"]+)"/g)].map(([, path = '']) => path);
    assert.deepEqual(
      [manifest.icon, ...named].filter((path) => !existsSync(join(ROOT, path))),
      [],
    );
    assert.ok(named.length > 5);
  });

  test('every setting has a description and the default the server has', () => {
    const { rules, ...others } = DEFAULT_EDITOR_SETTINGS;
    const defaults = {
      ...flat('querylens', others),
      'querylens.rules': rules,
      // Where trust is unknown an editor has to ask for it; VS Code knows trust.
      'querylens.evidence.enable': true,
    };
    const properties: Readonly<Record<string, { default: unknown; markdownDescription: string }>> =
      contributes.configuration.properties;
    assert.deepEqual(
      Object.fromEntries(Object.entries(properties).map(([name, setting]) => [name, setting.default])),
      defaults,
    );
    for (const [name, { markdownDescription }] of Object.entries(properties))
      assert.match(markdownDescription, /[.*]$/, name);
  });

  test('pictures of the walkthrough take their colours from the theme, by attributes, since styles are blocked there', () => {
    const pictures = globSync('client/media/walkthrough/*.svg', { cwd: ROOT });
    assert.equal(pictures.length, contributes.walkthroughs[0]?.steps.length);
    for (const path of pictures)
      assert.doesNotMatch(readFileSync(join(ROOT, path), 'utf8'), /#[0-9a-f]{3,8}\b|style|class=/i, path);
  });
});

function stepTexts(): readonly string[] {
  return contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ description }) => description));
}

/** `{ a: { b: 1 } }` as `{ 'prefix.a.b': 1 }`, the way settings are named. */
function flat(prefix: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return { [prefix]: value };
  return Object.assign({}, ...Object.entries(value).map(([key, inner]) => flat(`${prefix}.${key}`, inner)));
}
