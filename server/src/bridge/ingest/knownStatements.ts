import { createHash } from 'node:crypto';
import type { Dialect } from '#schema/sqlTokens.ts';
import { foldedSql } from '#sql/canonical/canonicalSql.ts';
import { type Attribution, type KnownStatement, knownStatement, type ToldOfStatement } from '../attribute/attribute.ts';
import type { SiteIndex } from '../attribute/siteIndex.ts';

/** A statement that was met, with what is worked out once for all its executions. */
export interface MetStatement {
  readonly dialect: Dialect;
  /** Canonical, and cut where it is longer than anything a person wrote. */
  readonly text: string;
  /** Of the trace its comments name. */
  readonly request: string | null;
  attribute(told: ToldOfStatement): Attribution;
}

export interface KnownStatements {
  of(sql: string, dialect: Dialect): MetStatement;
  /** The calls are others now. */
  renew(index: SiteIndex): void;
}

/** Different statements that were met lately, so that a log with literals in it fills no memory. */
const MOST_REMEMBERED = 10_000;
/** In characters of SQL: what machines write is long, and hardly ever the same again. */
const MOST_TEXT = 2_000_000;

export function createKnownStatements(first: SiteIndex): KnownStatements {
  const known = new Map<string, MetStatement>();
  let length = 0;
  let index = first;
  const forget = () => {
    known.clear();
    length = 0;
  };
  return {
    of: (sql, dialect) => {
      if (sql.length > LONGEST_TEXT) return met(knownStatement(index, foldedSql(sql, dialect), dialect), dialect);
      const key = `${dialect} ${sql}`;
      const before = known.get(key);
      if (before) return before;
      if (known.size >= MOST_REMEMBERED || length > MOST_TEXT) forget();
      length += key.length;
      const statement = met(knownStatement(index, foldedSql(sql, dialect), dialect), dialect);
      known.set(key, statement);
      return statement;
    },
    renew: (edited) => {
      index = edited;
      forget();
    },
  };
}

function met({ text, request, attribute }: KnownStatement, dialect: Dialect): MetStatement {
  return { dialect, text: bounded(text), request, attribute };
}

/** Statements of greater length are the work of machines: so much is enough to know them by. */
const LONGEST_TEXT = 10_000;

function bounded(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  return `${text.slice(0, LONGEST_TEXT)} … ${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}
