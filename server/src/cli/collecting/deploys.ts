import { realpathSync, statSync } from 'node:fs';
import { sep } from 'node:path';
import { Failure } from '#analyzer/failure.ts';
import type { DeployOf } from '#bridge/ingest/countSamples.ts';
import { isDeployName } from '#bridge/store/deployTable.ts';
import { changedFiles } from '../changedFiles.ts';
import type { Host } from '../host.ts';
import { isRead } from '../revision/baseTexts.ts';
import { checkedOutCommit } from './checkedOutCommit.ts';
import { checkedOutSince } from './checkedOutSince.ts';

/** Tells what was running when something ran. */
export interface Deploys {
  readonly of: DeployOf;
  /** To be called now and then by whoever runs long: another commit may be checked out. `edited` says that code was changed since. */
  look(edited: boolean): void;
}

/** The deploy a person names, by option or environment; false where the commit is not to stand in for it, null where nobody says anything. A {@link Failure} for what is no name. */
export function namedDeploy(option: string | false | undefined, env: Host['env']): string | false | null {
  if (option === false) return false;
  const [name, from] = option === undefined ? [env.QUERYLENS_DEPLOY ?? '', 'QUERYLENS_DEPLOY'] : [option, '--deploy'];
  if (option === undefined && name === '') return null;
  if (isDeployName(name)) return name;
  throw new Failure(`${from} takes a name of at most 64 letters, digits and . _ - + : @ / #, not "${name}"`);
}

/**
 * What a person named goes before what the log tells. Where neither says anything it is the commit that is checked out, of what ran since it
 * is and since its files were edited last: a log that is older was written by other code.
 */
export function createDeploys(root: string, named: string | false | null): Deploys {
  if (named !== null && named !== false) return { of: () => named, look: () => undefined };
  if (named === false) return { of: (told) => told, look: () => undefined };
  let commit = checkedOutCommit(root);
  let present = presentOf(root, commit);
  return {
    of: (told, at) => told ?? (present !== null && at !== null && at >= present.since ? present.name : undefined),
    look: (edited) => {
      const now = checkedOutCommit(root);
      if (now === commit && !edited) return;
      commit = now;
      present = presentOf(root, commit);
    },
  };
}

/** The code as it is now. */
interface Present {
  /** The commit, with `-dirty` where its code was edited. */
  readonly name: string;
  /** In milliseconds since 1970. */
  readonly since: number;
}

/** Null where git does not say since when. */
function presentOf(root: string, commit: string | null): Present | null {
  const since = commit === null ? null : checkedOutSince(root);
  const files = since === null ? null : editedFiles(root);
  if (since === null || files === null) return null;
  if (files.length === 0) return { name: `${commit}`, since };
  return { name: `${commit}-dirty`, since: Math.max(since, ...files.map((file) => changedAt(file))) };
}

/** Code of the project that is not as it was committed; null where git does not tell. */
function editedFiles(root: string): readonly string[] | null {
  try {
    const within = `${realpathSync(root)}${sep}`;
    return [...changedFiles(root, null)].filter((file) => file.startsWith(within) && isRead(file));
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** Of a file that is gone nobody knows when it went. */
function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
}
