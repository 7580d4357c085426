import assert from 'node:assert/strict';
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { TypeQuestion, TypeVerdict } from '#syntax/types/typeQuestion.ts';
import { createTypeService } from '#syntax/types/typeService.ts';
import { projectFolder } from '#test/support/projectFolder.ts';

const CONFIG = '{ "compilerOptions": { "strict": true, "types": [], "skipLibCheck": true }, "include": ["src"] }';
const FILES = {
  'tsconfig.json': CONFIG,
  'src/globals.d.ts': 'declare const rows: { id: number; name: string }[];\n',
  'src/a.ts': 'export const first = () => rows[0];\n',
  'src/b.ts': "import { first } from './a';\nexport const name: string = first().name;\n",
  'src/broken.ts': 'export const wrong: string = 1;\n',
  'src/lost.ts': "import { gone } from './gone';\nexport const lost = gone;\n",
  'other/a.ts': 'export const other = 1;\n',
};

describe('createTypeService', () => {
  const folder = projectFolder({ after }, FILES);
  const service = createTypeService({ root: folder, log: assert.fail, idleMs: 1000 });
  after(() => service.stop());

  const ask = (file: keyof typeof FILES, text: string, more: Partial<TypeQuestion> = {}): Promise<TypeVerdict> => {
    const changes = [{ path: join(folder, file), before: FILES[file], after: text }];
    return service.ask({ changes, dependents: [], opened: [], ...more }, AbortSignal.timeout(60_000));
  };
  const check = async (verdict: Promise<TypeVerdict>, kind: TypeVerdict['kind'], says = /./): Promise<void> => {
    const found = await verdict;
    assert.equal(found.kind, kind);
    if (found.kind !== 'same') assert.match(found.kind === 'worse' ? found.message : found.reason, says);
  };

  test('a change that keeps types', () =>
    check(ask('src/a.ts', '// first\nexport const first = () => rows[0];\n'), 'same'));
  test('a new error, with its place in the project', () =>
    check(ask('src/a.ts', '\nexport const first = () => rows[0].nowhere;\n'), 'worse', /^src\/a\.ts:2: TS2339 /));
  test('an error in a file that uses it', () =>
    check(
      ask('src/a.ts', 'export const first = () => ({ id: 1 });\n', { dependents: [join(folder, 'src/b.ts')] }),
      'worse',
      /^src\/b\.ts:2: TS2339 /,
    ));
  test('an error that was there before', () => check(ask('src/broken.ts', `\n${FILES['src/broken.ts']}`), 'same'));
  test('a file whose imports are not there', () =>
    check(ask('src/lost.ts', `${FILES['src/lost.ts']}\n`), 'unknown', /TS2307 .*gone/));
  test('a file that the fix creates', () =>
    check(
      ask(
        'src/b.ts',
        "import { first } from './a';\nimport { cut } from './cut';\nexport const name: string = cut(first().name);\n",
        {
          changes: [
            { path: join(folder, 'src/cut.ts'), before: null, after: 'export const cut = (text: string) => text;\n' },
            {
              path: join(folder, 'src/b.ts'),
              before: FILES['src/b.ts'],
              after:
                "import { first } from './a';\nimport { cut } from './cut';\nexport const name: string = cut(first().name);\n",
            },
          ],
        },
      ),
      'same',
    ));
  test('a text that is open and not saved', () =>
    check(
      ask('src/b.ts', `${FILES['src/b.ts']}\nfirst().unsaved;\n`, {
        opened: [{ path: join(folder, 'src/a.ts'), text: 'export const first = () => ({ name: "", unsaved: 1 });\n' }],
      }),
      'same',
    ));
  test('a file that changed on the disk', async () => {
    await check(ask('src/b.ts', `${FILES['src/b.ts']}\nfirst().saved;\n`), 'worse', /saved/);
    writeFileSync(join(folder, 'src/a.ts'), 'export const first = () => ({ name: "", saved: 1 });\n');
    utimesSync(join(folder, 'src/a.ts'), 1, 1);
    await check(ask('src/b.ts', `${FILES['src/b.ts']}\nfirst().saved;\n`), 'same');
  });
  test('a file no configuration covers takes the nearest', () =>
    check(ask('other/a.ts', 'export const other = 2;\n'), 'same'));
  test('waits no longer than it may', async () => {
    const question = {
      changes: [{ path: join(folder, 'src/a.ts'), before: '', after: 'x' }],
      dependents: [],
      opened: [],
    };
    await check(service.ask(question, AbortSignal.abort()), 'unknown', /still being loaded/);
  });
});

describe('a project whose types cannot be loaded', () => {
  test('has no configuration', async (context) => {
    const folder = projectFolder(context, { 'a.ts': '' });
    const service = createTypeService({ root: folder, log: assert.fail });
    const changes = [{ path: join(folder, 'a.ts'), before: '', after: 'export {};' }];
    const verdict = await service.ask({ changes, dependents: [], opened: [] }, AbortSignal.timeout(60_000));
    assert.deepEqual(verdict, { kind: 'unknown', reason: 'there is no tsconfig.json' });
    service.stop();
  });
  test('takes too long, and is not tried again', async (context) => {
    const folder = projectFolder(context, { 'tsconfig.json': CONFIG, 'a.ts': '' });
    const said: string[] = [];
    const service = createTypeService({ root: folder, log: (text) => said.push(text), limitMs: 1 });
    const changes = [{ path: join(folder, 'a.ts'), before: '', after: 'export {};' }];
    for (let time = 0; time < 2; time++) {
      const verdict = await service.ask({ changes, dependents: [], opened: [] }, AbortSignal.timeout(60_000));
      assert.equal(verdict.kind, 'unknown');
    }
    assert.equal(said.length, 1);
  });
});
