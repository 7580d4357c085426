import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { importCycles } from '#test/support/house/cycles.ts';
import { LAYER_EDGES, layeringViolations, PACKAGE_DOORS } from '#test/support/house/layering.ts';
import { ruleFolderViolations } from '#test/support/house/ruleFolders.ts';
import { shapeViolations } from '#test/support/house/shape.ts';
import { type ImportEdge, importEdges, layerOf, ROOT, readSources, type Sources } from '#test/support/house/sources.ts';
import manifest from '../package.json' with { type: 'json' };
import { staleFiles } from '../scripts/generate/generatedFiles.ts';

const aliases = manifest.imports;
const sources = readSources();
const edges = importEdges(sources, aliases);

describe('the house', () => {
  test('imports follow the direction of the layers and the doors of the packages', () => {
    assert.deepEqual(layeringViolations(edges), []);
  });

  test('nothing imports in circles', () => {
    assert.deepEqual(importCycles(edges), []);
  });

  test('every file is short, named in camelCase, without default export or any', () => {
    assert.deepEqual(shapeViolations(sources), []);
  });

  test('every rule has its page, its fixtures and its line in the registry', () => {
    assert.deepEqual(ruleFolderViolations(join(ROOT, 'server/src/rules')), []);
  });

  test('generated files are fresh', async () => {
    const stale = await staleFiles(ROOT);
    assert.deepEqual(
      stale.map(({ path }) => path),
      [],
      'npm run generate',
    );
  });

  test('every layer, door and reason is still needed', () => {
    const crossed = new Set(edges.map(({ from, to }) => `${layerOf(from)} ${layerOf(to)}`));
    const needless = Object.entries(LAYER_EDGES).flatMap(([from, to]) =>
      Object.keys(to)
        .filter((other) => !crossed.has(`${from} ${other}`))
        .map((other) => `${from} -> ${other}`),
    );
    const imported = new Set(edges.filter(({ from }) => layerOf(from) in LAYER_EDGES).map(({ to }) => to));
    const closed = PACKAGE_DOORS.flatMap(({ packages }) => packages.filter((name) => !imported.has(name)));
    assert.deepEqual([...needless, ...closed], []);
  });
});

describe('the house test itself', () => {
  const planted = (path: string, text: string): Sources => new Map([[path, text]]);
  const violations = (path: string, text: string): readonly string[] =>
    layeringViolations(importEdges(planted(path, text), aliases));

  const wrong: readonly (readonly [what: string, path: string, text: string, says: RegExp])[] = [
    [
      'a rule that reads files',
      'server/src/rules/a/rule.ts',
      "import { readFileSync } from 'node:fs';",
      /node:fs: the engine/,
    ],
    [
      'a rule that sees syntax nodes',
      'server/src/rules/a/rule.ts',
      "import { ts } from 'ts-morph';",
      /ts-morph: no syntax/,
    ],
    [
      'a rule that uses another',
      'server/src/rules/a/rule.ts',
      "export { b } from '../b/rule.ts';",
      /never import each other/,
    ],
    [
      'an analyzer that prints',
      'server/src/analyzer/a.ts',
      "import { paint } from '#render/paint.ts';",
      /must not know render/,
    ],
    [
      'a schema that knows the graph',
      'server/src/schema/a.ts',
      "import type { A } from '#graph/a.ts';",
      /must not know graph/,
    ],
    ['a lazy way round', 'server/src/graph/a.ts', "const a = () => import('#cli/main.ts');", /must not know cli/],
    ['an unknown package', 'server/src/graph/a.ts', "import pad from 'left-pad';", /has no door/],
    ['a path out of the layer', 'server/src/graph/a.ts', "import { a } from '../schema/a.ts';", /by its alias/],
    ['an alias into the own layer', 'server/src/graph/a.ts', "import { a } from '#graph/b.ts';", /by a relative path/],
  ];
  for (const [what, path, text, says] of wrong) {
    test(`sees ${what}`, () => {
      const found = violations(path, text);
      assert.equal(found.length, 1);
      assert.match(found[0] ?? '', says);
    });
  }

  test('sees a cycle', () => {
    const edge = (from: string, to: string): ImportEdge => ({ from, to, specifier: to, isPackage: false });
    assert.deepEqual(importCycles([edge('c', 'a'), edge('a', 'b'), edge('b', 'c'), edge('b', 'd')]), ['a -> b -> c']);
  });

  test('sees a long file, a strange name, a barrel, a default export and any', () => {
    const check = (path: string, text: string): readonly string[] => shapeViolations(planted(path, text));
    assert.deepEqual(check('shared/src/a.ts', '\n'.repeat(401)), ['shared/src/a.ts: 401 lines, more than 400']);
    assert.deepEqual(check('shared/src/Big.ts', ''), ['shared/src/Big.ts: the name is not in camelCase']);
    assert.deepEqual(check('shared/src/index.ts', ''), ['shared/src/index.ts: a barrel']);
    assert.deepEqual(check('shared/src/a.ts', 'export default 1;'), ['shared/src/a.ts: a default export']);
    assert.deepEqual(check('shared/src/a.ts', 'export default class {}'), ['shared/src/a.ts: a default export']);
    assert.deepEqual(check('shared/src/a.ts', 'let a: any[];'), ["shared/src/a.ts: the type 'any'"]);
  });

  test('sees an unfinished rule', () => {
    const folder = mkdtempSync(join(tmpdir(), 'querylens-rules-'));
    mkdirSync(join(folder, 'lonely'));
    writeFileSync(join(folder, 'index.ts'), '');
    const found = ruleFolderViolations(folder);
    rmSync(folder, { recursive: true });
    assert.deepEqual(found, [
      'lonely: no README.md',
      'lonely: no fixture',
      'lonely: no rule.ts',
      'lonely: not registered: npm run generate',
    ]);
  });
});
