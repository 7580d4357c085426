import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { createAnalyzer } from '#analyzer/analyzer.ts';
import { defaultSettings } from '#analyzer/loadSettings.ts';
import { RULES } from '#rules/index.ts';
import { defineRule, type Inputs, type Rule } from '#rules/rule.ts';
import type { Settings } from '#shared/settings.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';
import { LOOP, SMALL_PROJECT, SMALL_SCHEMA } from '#test/support/projectFolder.ts';
import { overlayWorkspace } from '#workspace/overlayWorkspace.ts';

function open(rules: readonly Rule[] = RULES, settings: Partial<Settings> = {}, files = SMALL_PROJECT) {
  const texts = new Map<string, string>();
  const workspace = overlayWorkspace(memoryWorkspace(files), texts);
  const analyzer = createAnalyzer({ workspace, settings: { ...defaultSettings(rules), ...settings }, rules });
  return { analyzer, texts };
}

describe('update()', () => {
  test('the next snapshot sees what changed, and only what was announced', async () => {
    const { analyzer, texts } = open();
    const lines = async () => (await analyzer.snapshot()).findings.map(({ line }) => line);
    assert.deepEqual(await lines(), [6]);
    texts.set('src/titles.ts', `\n${LOOP}`);
    assert.deepEqual(await lines(), [6]);
    analyzer.update(['src/titles.ts']);
    assert.deepEqual(await lines(), [7]);
  });

  test('a file may appear', async () => {
    const { analyzer, texts } = open();
    await analyzer.snapshot();
    texts.set('src/new.ts', LOOP);
    analyzer.update(['src/new.ts']);
    assert.deepEqual(
      (await analyzer.snapshot()).findings.map(({ file }) => file),
      ['src/new.ts', 'src/titles.ts'],
    );
  });

  test('a schema that breaks keeps its last good model', async () => {
    const { analyzer, texts } = open();
    await analyzer.snapshot();
    texts.set('prisma/schema.prisma', SMALL_SCHEMA.replace('model Post {', 'model Post'));
    analyzer.update(['prisma/schema.prisma']);
    const { findings, problems } = await analyzer.snapshot();
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['n-plus-one'],
    );
    assert.ok(problems.length > 0 && problems.every(({ kind }) => kind === 'schema'));
  });
});

describe('a rule', () => {
  const seen: (readonly string[])[] = [];
  const probe = defineRule({
    meta: {
      ...{
        id: 'probe',
        finds: '',
        why: '',
        severity: 'warning',
        stage: 'stable',
        preset: 'recommended',
        prismaCodes: [],
      },
      needs: ['queries', 'project'],
      messages: { seen: { happens: '`{name}` is seen.', costs: 'It costs {price}.', todo: '' } },
      options: z.object({ price: z.number().default(1).describe('The price.') }),
    },
    *check(inputs, { price }) {
      seen.push(Object.keys(inputs));
      for (const { call, file, operation } of inputs.queries) {
        yield {
          messageId: 'seen',
          data: { name: operation, price },
          at: { file, span: call.nameSpan },
          proof: 'schema',
          symbol: '',
        };
      }
    },
  });

  test('receives only what it needs', async () => {
    seen.length = 0;
    await open([probe]).analyzer.snapshot();
    assert.deepEqual(seen, [['queries', 'project'] satisfies (keyof Inputs)[]]);
  });

  test('speaks by its template, with the options of the place', async () => {
    const files = { ...SMALL_PROJECT, 'src/hot.ts': LOOP };
    const overrides = [{ files: ['src/hot.ts'], rules: { probe: { level: 'error', options: { price: 9 } } } }] as const;
    const { findings } = await open([probe], { overrides }, files).analyzer.snapshot();
    assert.deepEqual(
      findings.map(({ file, severity, message }) => [file, severity, message]),
      [
        ['src/hot.ts', 'error', '`findFirst` is seen. It costs 9.'],
        ['src/titles.ts', 'warning', '`findFirst` is seen. It costs 1.'],
      ],
    );
  });

  test('that is off does not run', async () => {
    seen.length = 0;
    await open([probe], { rules: { probe: { level: 'off', options: {} } } }).analyzer.snapshot();
    assert.deepEqual(seen, []);
  });
});
