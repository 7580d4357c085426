import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { type BuildOptions, build } from 'esbuild';
import type { ProbeLine, ProbeSample } from '#shared/probeSample.ts';
import { openLibrary } from './support/library.ts';
import { installProbe } from './support/probePackage.ts';

const SOURCE = join(import.meta.dirname, 'fixtures/application.ts');

const library = await openLibrary();
after(() => library.remove());
const app = join(library.folder, 'app');
mkdirSync(app);
copyFileSync(SOURCE, join(app, 'main.ts'));
await installProbe(app);

/** What the application does, by the lines of its source. */
const CALLS = [
  ['findMany', 'authors = await'],
  ['count', 'return tx.book'],
  ['$queryRaw', '$queryRaw`'],
].map(([operation, text = '']) => `${operation} main.ts:${lineWith(text)}`);

function lineWith(text: string): number {
  return (
    readFileSync(SOURCE, 'utf8')
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1
  );
}

interface Way {
  readonly name: string;
  readonly file: string;
  readonly node?: readonly string[];
  /** Null where it runs as it is. */
  readonly build: BuildOptions | null;
  readonly env?: Readonly<Record<string, string>>;
}

const WAYS: readonly Way[] = [
  { name: 'TypeScript by Node alone', file: 'main.ts', build: null },
  { name: 'TypeScript by tsx', file: 'main.ts', build: null, node: ['--import', import.meta.resolve('tsx')] },
  { name: 'CommonJS', file: 'main.cjs', build: { format: 'cjs', sourcemap: 'inline' }, node: ['--enable-source-maps'] },
  { name: 'modules', file: 'main.mjs', build: { format: 'esm', sourcemap: true }, node: ['--enable-source-maps'] },
  {
    name: 'a minified bundle in production, asked for',
    file: 'bundle.cjs',
    build: {
      format: 'cjs',
      sourcemap: true,
      bundle: true,
      minify: true,
      packages: 'external',
      external: ['../client/index.js'],
    },
    node: ['--enable-source-maps'],
    env: { NODE_ENV: 'production', QUERYLENS: '1' },
  },
];

function run({ file, node = [], env = {} }: Omit<Way, 'name' | 'build'>): readonly ProbeSample[] {
  rmSync(join(app, '.querylens'), { recursive: true, force: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, file], {
    cwd: app,
    encoding: 'utf8',
    env: { ...process.env, LIBRARY: library.database, NODE_ENV: 'development', ...env },
  });
  assert.equal(status, 0, stderr);
  assert.equal(stdout, '4\n');
  return samplesOf(join(app, '.querylens'));
}

function samplesOf(folder: string): readonly ProbeSample[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.ndjson'));
  } catch {
    return [];
  }
  const lines = names.flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'));
  return lines.map((line) => JSON.parse(line) as ProbeLine).filter((line) => 'at' in line);
}

function calls(samples: readonly ProbeSample[]): readonly string[] {
  return samples.map(({ operation, file, line }) => `${operation} ${file}:${line}`);
}

async function compile({ file, build: options }: Pick<Way, 'file' | 'build'>): Promise<void> {
  if (!options) return;
  await build({ absWorkingDir: app, entryPoints: ['main.ts'], outfile: join(app, file), platform: 'node', ...options });
}

describe('an application as people build it tells the lines of its sources', () => {
  for (const way of WAYS)
    test(way.name, async () => {
      await compile(way);
      const samples = run(way);
      assert.deepEqual(calls(samples), CALLS);
      assert.deepEqual(
        samples.map(({ route, statements }) => `${route} ${statements}`),
        ['GET /authors 2', 'GET /authors 1', 'GET /authors 1'],
      );
      assert.ok(samples.every(({ generated }) => generated === undefined));
    });

  test('without source maps it says that the places are of generated code', async () => {
    await compile({ file: 'plain.cjs', build: { format: 'cjs' } });
    const samples = run({ file: 'plain.cjs' });
    assert.deepEqual(
      samples.map(({ file, generated }) => `${file} ${generated}`),
      Array(3).fill('plain.cjs true'),
    );
  });

  test('in production nothing is written', async () => {
    await compile({ file: 'plain.cjs', build: { format: 'cjs' } });
    assert.deepEqual(run({ file: 'plain.cjs', env: { NODE_ENV: 'production', QUERYLENS: '' } }), []);
  });
});

describe('the published types fit the client', () => {
  for (const [name, extension] of [
    ['import', 'mts'],
    ['require', 'cts'],
  ] as const)
    test(name, () => {
      const file = `typed.${extension}`;
      copyFileSync(SOURCE, join(app, file));
      const tsc = join(import.meta.dirname, '../../node_modules/typescript/bin/tsc');
      const options = [
        '--ignoreConfig',
        '--noEmit',
        '--strict',
        '--skipLibCheck',
        '--module',
        'nodenext',
        '--types',
        'node',
      ];
      const resolution = name === 'import' ? ['--moduleResolution', 'bundler', '--module', 'esnext'] : [];
      const { status, stdout } = spawnSync(
        process.execPath,
        [tsc, ...options, ...resolution, '--target', 'es2023', file],
        {
          cwd: app,
          encoding: 'utf8',
        },
      );
      assert.equal(status, 0, stdout);
    });
});
