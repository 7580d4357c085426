import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { stageExtension, stageTarget } from './stageExtension.ts';
import type { Target } from './targets.ts';

export interface Packed {
  readonly target: Target;
  readonly file: string;
  readonly bytes: number;
}

/** Packs one VSIX for each target into `out`, from whatever machine this is and without a network. */
export async function packExtension(root: string, targets: readonly Target[], out: string): Promise<readonly Packed[]> {
  const folder = mkdtempSync(join(tmpdir(), 'querylens-package-'));
  try {
    mkdirSync(out, { recursive: true });
    await stageExtension(root, folder);
    return targets.map((target) => {
      stageTarget(folder, target);
      const file = resolve(out, `querylens-${target}.vsix`);
      pack(folder, target, file);
      return { target, file, bytes: statSync(file).size };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Everything in the folder is wanted, and links of the README lead to pages that are not shipped. */
const OPTIONS = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];

function pack(folder: string, target: Target, file: string): void {
  const vsce = join(dirname(createRequire(import.meta.url).resolve('@vscode/vsce/package.json')), 'vsce');
  const args = [vsce, 'package', '--target', target, '--out', file, ...OPTIONS];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`packing for ${target} failed\n${stdout}${stderr}`);
}
