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
  const drafts = numbered([...added, ...dropped].flatMap(({ migration }) => migration ?? []));
  const begin = Math.max(now.getTime(), latestOf(files) + SECOND_MS);
  return drafts.map((draft, at) => dated(draft, new Date(begin + at * SECOND_MS)));
}

/** Scripts that are numbered and not dated were all to be the next one: they follow each other. */
function numbered(drafts: readonly NewFile[]): readonly NewFile[] {
  const before = new Map<string, number>();
  return drafts.map((draft) => {
    const [, folder = '', number = '', name = ''] = NUMBERED.exec(draft.file) ?? [];
    if (number === '') return draft;
    const at = before.get(folder) ?? 0;
    before.set(folder, at + 1);
    return { ...draft, file: `${folder}${String(Number(number) + at).padStart(number.length, '0')}${name}` };
  });
}

/** `migrations/0007_add_index.sql`. */
const NUMBERED = /^((?:.*\/)?)(\d+)(_[^/]*\.sql)$/;

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
