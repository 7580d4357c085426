import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectFiles } from './project/projectFiles.ts';

/** What was written; a query site is a call of a Prisma operation in the text. */
export interface GeneratedProject {
  readonly folder: string;
  readonly files: number;
  readonly lines: number;
  readonly sites: number;
}

/** Writes a project of `count` source files below `folder`, which is emptied first. */
export function generateProject(folder: string, count: number): GeneratedProject {
  rmSync(folder, { recursive: true, force: true });
  let [files, lines, sites] = [0, 0, 0];
  for (const [path, text] of projectFiles(count)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    if (!/\.tsx?$/.test(path)) continue;
    files += 1;
    lines += text.split('\n').length - 1;
    sites += text.match(/\b(prisma|tx)\.\w+\.\w+\(/g)?.length ?? 0;
  }
  return { folder, files, lines, sites };
}

/** The folder for a generated project of so many files, or of another name: outside the checkout, whose ignore files would apply to it. */
export function projectFolder(count: number | string): string {
  return join(tmpdir(), 'querylens-bench', String(count));
}

if (import.meta.main) {
  const [count = '4000', folder = projectFolder(Number(count))] = process.argv.slice(2);
  console.log(generateProject(folder, Number(count)));
}
