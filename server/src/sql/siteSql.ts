import type { Operation } from '#graph/operations.ts';
import type { RowsRead } from '#shared/sqlView.ts';
import type { Statement } from './compileCall.ts';
import type { SqlProvider } from './prismaCompiler.ts';

/** One way a call may be sent. */
export interface SqlVariant {
  /** What is different from the usual way, such as `without where.status`. */
  readonly differs: readonly string[];
  /** In the order in which they are sent; none where the client answers by itself. */
  readonly statements: readonly Statement[];
  /** What is certain of the rows it reads or changes. */
  readonly rows: readonly RowsRead[];
}

/** The statements behind a query site. */
export interface SentSql {
  /**
   * `compiled`: what Prisma sends, all of the arguments followed. `partial`: what it sends at least, for the parts in `lost` and `assumed`
   * were not followed. `raw`: what the code has written itself; `lost` then names text that is put in without being known.
   */
  readonly kind: 'compiled' | 'partial' | 'raw';
  readonly provider: SqlProvider;
  /** At least one, the usual way first; ways with the same SQL are told once. */
  readonly variants: readonly SqlVariant[];
  /** Parts of the arguments that lead out of what can be followed: they may add to the SQL. */
  readonly lost: readonly string[];
  /** What was put in for a required part that could not be followed, such as `where by id`. */
  readonly assumed: readonly string[];
  /** How many more single differences were not tried; two of those that were tried may come together even where this is 0. */
  readonly furtherWays: number;
  /** For a lookup that a loop or a field resolver asks for several times in one tick: what the client makes of them; null for other calls. */
  readonly batched: readonly Statement[] | null;
  /** What is to be known beside the text: versions that differ, statements around it. Sentences without an end mark. */
  readonly notes: readonly string[];
}

/** What is known of a call whose SQL depends on too much that is not. */
export interface CallOutline {
  readonly kind: 'outline';
  readonly model: string | null;
  readonly operation: Operation;
  /** Keys its arguments certainly have or may have, as paths of two steps: `where.status`, `include.items`. */
  readonly keys: readonly string[];
  /** Why there is no SQL: one line, without an end mark. */
  readonly reason: string;
}

/** The SQL behind a query site, or as much as can be told of it. */
export type SiteSql = SentSql | CallOutline | { readonly kind: 'not-compiled'; readonly reason: string };
