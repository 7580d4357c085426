import { relative, sep } from 'node:path';
import { Failure } from '#analyzer/failure.ts';
import { commitOf, git, mergeBase, repositoryOf } from '../git.ts';

/** How a folder was at another commit, as far as it differs from now. */
export interface BaseTexts {
  readonly commit: string;
  /** Where the folder lies in the repository; `''` for the repository itself. */
  readonly within: string;
  /** The current branch left it there; false where its history is not here and the commit itself was taken. */
  readonly isMergeBase: boolean;
  /** POSIX, relative to the folder; null for files that were not there. */
  readonly texts: ReadonlyMap<string, string | null>;
}

const READ = /\.(?:[cm]?[jt]sx?|prisma|sql|json|yaml)$/;

/** Whether it is a file the engine may read. */
export function isRead(path: string): boolean {
  return READ.test(path);
}

/** What differs between a folder and the commit where its branch left `ref`, or `ref` itself in a clone that holds no more. */
export function baseTexts(folder: string, ref: string): BaseTexts {
  const top = repositoryOf(folder);
  const { commit, isMergeBase } = baseCommit(folder, ref);
  const within = relative(top, folder).split(sep).join('/');
  const status = git(
    top,
    ['diff', '--name-status', '--no-renames', '-z', commit, '--', within || '.'],
    `cannot compare with "${ref}"`,
  );
  const untracked = git(folder, ['ls-files', '--others', '--exclude-standard', '-z'], 'cannot list untracked files');
  const changes = changesIn(status.toString()).filter(({ path }) => isRead(path));
  const before = changes.filter(({ added }) => !added).map(({ path }) => path);
  const own = (path: string) => (within === '' ? path : path.slice(within.length + 1));
  return {
    ...{ commit, within, isMergeBase },
    texts: new Map<string, string | null>([
      ...untracked
        .toString()
        .split('\0')
        .filter(isRead)
        .map((path) => [path, null] as const),
      ...changes.filter(({ added }) => added).map(({ path }) => [own(path), null] as const),
      ...textsAt(top, commit, before).map(([path, text]) => [own(path), text] as const),
    ]),
  };
}

function baseCommit(folder: string, ref: string): Pick<BaseTexts, 'commit' | 'isMergeBase'> {
  const commit = commitOf(folder, ref);
  try {
    return { commit: mergeBase(folder, ref), isMergeBase: true };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { commit, isMergeBase: false };
  }
}

interface Change {
  readonly path: string;
  /** It was not there before. */
  readonly added: boolean;
}

/** `A\0path\0M\0path\0`. */
function changesIn(status: string): readonly Change[] {
  const parts = status.split('\0');
  return parts.flatMap((letter, at) =>
    at % 2 === 0 && letter !== '' ? [{ path: parts[at + 1] ?? '', added: letter === 'A' }] : [],
  );
}

/** All at once, because a process for each would take longer than reading them. */
function textsAt(top: string, commit: string, paths: readonly string[]): readonly (readonly [string, string])[] {
  if (paths.length === 0) return [];
  const input = paths.map((path) => `${commit}:${path}\n`).join('');
  const output = git(top, ['cat-file', '--batch'], `the files of ${commit} are not here; in CI fetch them`, input);
  const texts: (readonly [string, string])[] = [];
  let at = 0;
  for (const path of paths) {
    const end = output.indexOf('\n', at);
    const [, type, size] = output.toString('utf8', at, end).split(' ');
    at = end + 1;
    if (type !== 'blob') continue;
    texts.push([path, output.toString('utf8', at, at + Number(size))]);
    at += Number(size) + 1;
  }
  return texts;
}
