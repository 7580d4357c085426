import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Writes projects as the packages of one folder on the disk, hands it over, and removes it. */
export function withCaseTree<T>(
  projects: ReadonlyMap<string, Readonly<Record<string, string>>>,
  use: (folder: string) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), 'querylens-cases-'));
  try {
    for (const [name, files] of projects) {
      for (const [path, text] of Object.entries(files)) {
        const target = join(folder, name, path);
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, text);
      }
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
