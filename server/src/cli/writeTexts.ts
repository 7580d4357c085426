import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '#analyzer/failure.ts';

const BOM = '\uFEFF';

/** Writes changed texts, each file whole or not at all; one whose bytes are not UTF-8 is refused, because rewriting would damage it. */
export function writeTexts(root: string, texts: ReadonlyMap<string, string>): void {
  for (const file of texts.keys()) assertUtf8(join(root, file), file);
  for (const [file, text] of texts) replaceFile(join(root, file), text);
}

function assertUtf8(path: string, file: string): void {
  const bytes = readFileSync(path);
  if (!Buffer.from(bytes.toString('utf8')).equals(bytes))
    throw new Failure(`${file}: is not UTF-8, so it is not changed; nothing was written`);
}

function replaceFile(path: string, text: string): void {
  const mark = readFileSync(path, 'utf8').startsWith(BOM) ? BOM : '';
  const next = `${path}.querylens-${process.pid}`;
  try {
    writeFileSync(next, mark + text, { mode: statSync(path).mode });
    renameSync(next, path);
  } catch (error) {
    rmSync(next, { force: true });
    throw new Failure(`${path}: cannot be written (${error instanceof Error ? error.message : String(error)})`);
  }
}
