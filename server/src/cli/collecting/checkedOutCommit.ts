import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** In characters: enough for git to know it by in any project. */
const SHORTENED = 10;
/** A reference may name another. */
const MOST_STEPS = 5;

/**
 * The commit that is checked out in the folder or in one above it, shortened; null where there is none yet or no git. Reads git's files, quickly
 * enough to be asked at every write, and starts no process.
 */
export function checkedOutCommit(folder: string): string | null {
  const gitFolder = gitFolderOf(resolve(folder));
  if (gitFolder === null) return null;
  const shared = resolve(gitFolder, textOf(join(gitFolder, 'commondir')) ?? '.');
  let value = textOf(join(gitFolder, 'HEAD'));
  for (let step = 0; step < MOST_STEPS && value !== null; step++) {
    const reference = /^ref: (refs\/\S+)$/.exec(value)?.[1];
    if (reference === undefined) return /^[\da-f]{40,64}$/.test(value) ? value.slice(0, SHORTENED) : null;
    value = textOf(join(gitFolder, reference)) ?? textOf(join(shared, reference)) ?? packed(shared, reference);
  }
  return null;
}

/** The folder git keeps its files in; a worktree and a submodule have a file that says where it is. Null where there is none. */
export function gitFolderOf(folder: string): string | null {
  const entry = join(folder, '.git');
  const stats = statSync(entry, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return entry;
  const elsewhere = stats ? /^gitdir: (.+)$/.exec(textOf(entry) ?? '')?.[1] : undefined;
  if (elsewhere !== undefined) return resolve(folder, elsewhere);
  const above = dirname(folder);
  return above === folder ? null : gitFolderOf(above);
}

function packed(shared: string, reference: string): string | null {
  const line = textOf(join(shared, 'packed-refs'))
    ?.split('\n')
    .find((each) => each.endsWith(` ${reference}`));
  return line?.split(' ')[0] ?? null;
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}
