import { createHash } from 'node:crypto';
import type { Database } from '../sqlite.ts';

/** How far a text was read. It is known by its content, so that it may be moved, renamed and compressed. */
export interface Progress extends Reached {
  readonly id: number;
}

export interface Reached {
  /** In bytes: everything up to here is counted. */
  readonly position: number;
  /** Hash of the lines before the position, so that another text that begins alike is not taken for this one. */
  readonly tail: string;
  /** Samples that come out of the text behind the position and are counted already, for the text seemed to end there. */
  readonly countedBeyond: number;
}

/** A stretch of a text that was read. */
export interface ReadOn {
  /** What {@link ProgressTable.of} said before it was read. */
  readonly from: Progress | null;
  /** The first {@link HEAD_LENGTH} bytes, or as many as there are. */
  readonly head: Buffer;
  readonly to: Reached;
  /** What {@link ProgressTable.newest} said before it was read: a text that is still short is not known by what others read on in it since. */
  readonly newest?: number;
}

export const HEAD_LENGTH = 4096;

export interface ProgressTable {
  /** Of the text that begins so; null where none was read yet. */
  of(head: Buffer): Progress | null;
  /** The number of the text that was met last. */
  newest(): number;
  /** The text's number; null where it was read on meanwhile. To be called inside a transaction. */
  advance(read: ReadOn): number | null;
}

export function progressTable(database: Database): ProgressTable {
  const lengths = database
    .prepare<[number], number>('SELECT DISTINCT head_length FROM progress WHERE head_length <= ? ORDER BY 1 DESC')
    .pluck();
  const byHead = database.prepare<[number, string], Kept>(
    `SELECT id, position, tail, counted_beyond AS countedBeyond, cleared FROM progress WHERE head_length = ? AND head = ?`,
  );
  const add = database.prepare(
    'INSERT INTO progress (position, tail, counted_beyond, at, head_length, head) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const update = database.prepare(
    'UPDATE progress SET position = ?, tail = ?, counted_beyond = ?, at = ?, head_length = ?, head = ?, cleared = 0 WHERE id = ?',
  );
  const newest = database.prepare<[], number>('SELECT coalesce(max(id), 0) FROM progress').pluck();
  const longerSince = database
    .prepare<[number, number], number>('SELECT count(*) FROM progress WHERE id > ? AND head_length > ?')
    .pluck();
  const find = (head: Buffer): Kept | null => {
    for (const length of lengths.all(head.length)) {
      const known = byHead.get(length, hashOf(head.subarray(0, length)));
      if (known) return known;
    }
    return null;
  };
  return {
    of: (head) => {
      const known = find(head);
      return known === null || known.cleared === 1 ? null : progressOf(known);
    },
    newest: () => newest.get() ?? 0,
    advance: ({ from, head, to, newest: met }) => {
      const now = find(head);
      const isAnew = from === null && now?.cleared === 1;
      if (!isAnew && !isSame(now, from)) return null;
      const values = [to.position, to.tail, to.countedBeyond, Date.now(), head.length, hashOf(head)];
      const isShort = head.length < HEAD_LENGTH && met !== undefined;
      if (now === null && isShort && (longerSince.get(met, head.length) ?? 0) > 0) return null;
      if (now === null) return Number(add.run(...values).lastInsertRowid);
      update.run(...values, now.id);
      return now.id;
    },
  };
}

interface Kept extends Progress {
  /** 1 where all that was counted of it was cleared since: read anew it counts anew, and whoever is reading it goes on. */
  readonly cleared: 0 | 1;
}

function progressOf({ id, position, tail, countedBeyond }: Kept): Progress {
  return { id, position, tail, countedBeyond };
}

/** Of a stretch of text, for comparing. */
export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
}

function isSame(a: Progress | null, b: Progress | null): boolean {
  if (a === null || b === null) return a === b;
  return a.id === b.id && a.position === b.position && a.tail === b.tail && a.countedBeyond === b.countedBeyond;
}
