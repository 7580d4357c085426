import type { NewFile } from '#shared/newFile.ts';
import { dated } from '../newFiles.ts';
import type { ChosenChanges } from './schemaEdits.ts';

/**
 * Migrations of one statement each, new indexes first. Prisma runs migrations in the order of their names, so each is a second later than the
 * one before, and the first later than all of `files`.
 */
export function migrationFiles(
  { added, dropped }: ChosenChanges,
  files: readonly string[],
  now: Date,
): readonly NewFile[] {
  const drafts = [...added, ...dropped].flatMap(({ migration }) => migration ?? []);
  const begin = Math.max(now.getTime(), latestOf(files) + SECOND_MS);
  return drafts.map((draft, at) => dated(draft, new Date(begin + at * SECOND_MS)));
}

const SECOND_MS = 1000;

/** The moment in the name of the latest migration, in milliseconds since 1970; 0 where none has one. */
function latestOf(files: readonly string[]): number {
  const moments = files.flatMap((file) => {
    const [, y, mo, d, h, mi, s] = MOMENT.exec(file) ?? [];
    return y === undefined ? [] : [Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`)];
  });
  return Math.max(0, ...moments.filter(Number.isFinite));
}

const MOMENT = /\/(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)[^/]*\/migration\.sql$/;
