import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');
const SOURCES = ['server/src', 'shared/src', 'client/page', 'scripts/build', 'package.json', 'package-lock.json'];

if (newest(SOURCES.map((path) => join(ROOT, path))) > changed(join(DIST, 'main.js'))) await build();
// npm runs scripts in the package's folder; paths on the command line mean the folder the user is in.
const { INIT_CWD, npm_lifecycle_event } = process.env;
if (INIT_CWD && npm_lifecycle_event === 'querylens') process.chdir(INIT_CWD);
await import(join(DIST, 'cli.js'));

async function build(): Promise<void> {
  try {
    const { buildBundle } = await import('./build/bundle.ts');
    await buildBundle();
  } catch (error) {
    console.error(`querylens: building failed\n${error instanceof Error ? error.message : error}`);
    process.exit(2);
  }
}

function newest(paths: readonly string[]): number {
  return Math.max(
    0,
    ...paths.map((path) =>
      isFolder(path) ? newest(readdirSync(path).map((name) => join(path, name))) : changed(path),
    ),
  );
}

function changed(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
