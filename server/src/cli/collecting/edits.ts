import { statSync } from 'node:fs';
import { join } from 'node:path';
import { diskWorkspace } from '#workspace/diskWorkspace.ts';

/** Sees which files of a project are others than at the last look. */
export interface Edits {
  /** Files that appeared, changed or vanished since the last look that was due; none where none is due. */
  look(): readonly string[];
}

/** In milliseconds: nobody runs edited code sooner. */
const LOOK_MS = 2000;
/** Of the time at most one part in so many is spent on looking, however large the project is. */
const SHARE = 20;

/**
 * Looks at the disk when it is asked and never by itself: as long as nothing is counted nobody needs to know of edits, and nothing is spent
 * on them.
 */
export function createEdits(root: string, ignore: readonly string[], now = () => performance.now()): Edits {
  let known = stampsOf(root, ignore);
  let [last, cost] = [now(), 0];
  return {
    look: () => {
      const begun = now();
      if (begun - last < Math.max(LOOK_MS, cost * SHARE)) return [];
      const before = known;
      known = stampsOf(root, ignore);
      last = now();
      cost = last - begun;
      const gone = [...before.keys()].filter((file) => !known.has(file));
      return [...gone, ...[...known].flatMap(([file, stamp]) => (before.get(file) === stamp ? [] : [file]))];
    },
  };
}

/** When each file was last changed, and its size. */
function stampsOf(root: string, ignore: readonly string[]): ReadonlyMap<string, string> {
  const files = diskWorkspace(root, { ignore }).files();
  return new Map(files.map((file) => [file, stampOf(join(root, file))]));
}

function stampOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.mtimeMs} ${stats.size}`;
}
