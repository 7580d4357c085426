import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gitFolderOf } from './checkedOutCommit.ts';

/** In bytes: so much of the end of what git notes of each move is looked at. */
const NOTED = 16_384;

/** Since when the commit is checked out that is, as git noted it, in milliseconds since 1970; null where it did not. */
export function checkedOutSince(folder: string): number | null {
  const gitFolder = gitFolderOf(resolve(folder));
  const moves = gitFolder === null ? [] : movesIn(endOf(join(gitFolder, 'logs/HEAD')));
  const { to } = moves.at(-1) ?? {};
  // A branch that is made moves nothing, and is noted too.
  const first = moves[moves.findLastIndex((move) => move.to !== to) + 1];
  return first ? first.at : null;
}

interface Move {
  /** The commit that was checked out. */
  readonly to: string;
  readonly at: number;
}

/** `from to Name <address> 1700000000 +0100<tab>what was done`. */
const MOVE = /^[\da-f]{40,64} ([\da-f]{40,64}) [^\t]*> (\d{1,12}) [+-]\d{4}(?:\t|$)/;

function movesIn(text: string): readonly Move[] {
  return text.split('\n').flatMap((line) => {
    const [, to, seconds] = MOVE.exec(line) ?? [];
    return to === undefined ? [] : [{ to, at: Number(seconds) * 1000 }];
  });
}

function endOf(file: string): string {
  let opened: number | null = null;
  try {
    opened = openSync(file, 'r');
    const { size } = fstatSync(opened);
    const bytes = Buffer.alloc(Math.min(size, NOTED));
    readSync(opened, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString('utf8');
  } catch {
    return '';
  } finally {
    if (opened !== null) closeSync(opened);
  }
}
