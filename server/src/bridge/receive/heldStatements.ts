import type { Dialect } from '#schema/sqlTokens.ts';
import { isObject } from '#shared/jsonObject.ts';
import { canonicalSql } from '#sql/canonical/canonicalSql.ts';
import { commentTags } from '../attribute/commentTags.ts';
import type { StatementSample } from '../sample.ts';
import { numberOf, parseObject, textOf } from '../sources/jsonLines.ts';
import type { Span } from '../sources/otlpSpans.ts';
import { sqlOfSpan } from '../sources/otlpStatements.ts';
import type { Database } from '../sqlite.ts';

/**
 * Keeps, in the store, statements that were acknowledged and wait for the call above them, so that they are counted even if this process is
 * killed. They are without values there.
 */
export interface HeldStatements {
  /** Makes the store hold these and no others of this process; to be called inside the transaction that writes what was counted. */
  write(waiting: readonly Span[], dialect: Dialect): void;
  /** That transaction went through. */
  written(): void;
  /** Whether it is time to look for those of processes that are gone. */
  mayBeAbandoned(): boolean;
  /** Statements of processes that are gone, which are taken out of the store with the next {@link write}. */
  abandoned(): readonly StatementSample[];
}

/** In milliseconds: no process that lives holds a statement so long. */
const ABANDONED_MS = 60_000;

export function heldStatements(database: Database, now: () => number): HeldStatements {
  const insert = database.prepare('INSERT INTO held_statements (at, statement) VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM held_statements WHERE id = ?');
  const old = database.prepare<[number], Row>('SELECT id, statement FROM held_statements WHERE at < ?');
  let kept = new Map<Span, number>();
  let next = kept;
  let taken = new Set<number>();
  let looked = Number.NEGATIVE_INFINITY;
  const mayBeAbandoned = () => now() - looked >= ABANDONED_MS;
  return {
    write: (waiting, dialect) => {
      const still = new Set(waiting);
      for (const [span, id] of kept) if (!still.has(span)) remove.run(id);
      for (const id of taken) remove.run(id);
      const idOf = (span: Span) => Number(insert.run(now(), written(span, dialect)).lastInsertRowid);
      next = new Map(waiting.map((span) => [span, kept.get(span) ?? idOf(span)]));
    },
    written: () => {
      kept = next;
      taken = new Set();
    },
    mayBeAbandoned,
    abandoned: () => {
      if (!mayBeAbandoned()) return [];
      looked = now();
      const own = new Set(kept.values());
      const rows = old.all(now() - ABANDONED_MS).filter(({ id }) => !own.has(id) && !taken.has(id));
      for (const { id } of rows) taken.add(id);
      return rows.map(({ statement }) => statementOf(statement)).filter((sample) => sample !== null);
    },
  };
}

interface Row {
  readonly id: number;
  readonly statement: string;
}

/** A statement with its tags and without anything else that may be a value. */
function written(span: Span, dialect: Dialect): string {
  const { text, comments } = canonicalSql(sqlOfSpan(span) ?? '', dialect);
  const { place, query } = commentTags(comments);
  const at = place && `querylens='${[place.file, place.line, place.column].filter((part) => part !== null).join(':')}'`;
  const tags = [at, query && `prismaQuery='${query}'`].filter((tag) => tag !== null).join(',');
  return JSON.stringify({
    sql: tags === '' ? text : `${text} /*${tags}*/`,
    at: span.at,
    ms: span.ms,
    request: span.trace,
    ...(span.deploy !== undefined && { deploy: span.deploy }),
  });
}

function statementOf(text: string): StatementSample | null {
  const object = parseObject(text);
  if (!isObject(object)) return null;
  const [sql, at, ms, request] = [textOf(object.sql), numberOf(object.at), numberOf(object.ms), textOf(object.request)];
  const deploy = textOf(object.deploy);
  if (sql === null || ms === null) return null;
  return {
    ...{ kind: 'statement', at, sql, ms, rows: null, rowsExamined: null, plan: null, database: null },
    ...(request !== null && { request }),
    ...(deploy !== null && { deploy }),
  };
}
