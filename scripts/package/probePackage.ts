import { spawnSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '../..');
const ENTRIES = ['probe/src/probe.ts', 'probe/src/testing.ts'];

/** Lays the probe out in `folder` as it is published: for `import` and for `require`, each with its types, and without dependencies. */
export async function packProbe(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [format, type] of [
    ['esm', 'module'],
    ['cjs', 'commonjs'],
  ] as const) {
    const outdir = join(folder, format);
    await build({
      entryPoints: ENTRIES,
      outdir,
      format,
      absWorkingDir: ROOT,
      bundle: true,
      platform: 'node',
      target: 'node20',
    });
    writeFileSync(join(outdir, 'package.json'), `${JSON.stringify({ type })}\n`);
    declareTypes(outdir);
  }
  for (const [from, to] of [
    ['probe/manifest.json', 'package.json'],
    ['probe/README.md', 'README.md'],
    ['LICENSE', 'LICENSE'],
  ] as const)
    copyFileSync(join(ROOT, from), join(folder, to));
}

/** The compiler leaves `.ts` in the imports of declarations, which only we allow. */
function declareTypes(outdir: string): void {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const args = [tsc, '-p', join(ROOT, 'probe/tsconfig.json'), '--outDir', join(outdir, 'types')];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The probe's types cannot be made:\n${stdout}`);
  const made = join(outdir, 'types/probe/src');
  for (const path of globSync('**/*.d.ts', { cwd: made })) {
    const text = readFileSync(join(made, path), 'utf8').replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'");
    mkdirSync(dirname(join(outdir, path)), { recursive: true });
    writeFileSync(join(outdir, path), text);
  }
  rmSync(join(outdir, 'types'), { recursive: true });
}
