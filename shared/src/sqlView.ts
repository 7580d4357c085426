/** The SQL behind one query as an editor, a clipboard or a terminal shows it, or why it cannot be told. */
export type SqlView = SentSql | UntoldSql;

/** Databases as a Prisma schema names them. */
export type SqlDialect = 'postgresql' | 'mysql' | 'sqlite' | 'sqlserver' | 'cockroachdb';

export interface SentSql {
  /** `compiled` is what Prisma sends, `partial` what it sends at least, `raw` what the code has written itself. */
  readonly kind: 'compiled' | 'partial' | 'raw';
  readonly dialect: SqlDialect;
  /** The usual way first, ways with the same SQL told once; never empty. */
  readonly variants: readonly [SqlVariantView, ...SqlVariantView[]];
  /** How many more single differences were not tried; two of those that were tried may come together even where this is 0. */
  readonly furtherWays: number;
  /** Parts of the arguments that lead out of what can be followed, as paths: they may add to the SQL. */
  readonly notFollowed: readonly string[];
  /** What was put in for a required part that could not be followed, such as `where by id`. */
  readonly assumed: readonly string[];
  /** Of a lookup that a loop or a field resolver asks for several times in one tick: what the client makes of them; null for other calls. */
  readonly batched: readonly StatementView[] | null;
  /** What is to be known beside the text, without an end mark. */
  readonly notes: readonly string[];
}

export interface UntoldSql {
  /** Of an `outline` the keys are known, of a call that is `not-compiled` nothing. */
  readonly kind: 'outline' | 'not-compiled';
  /** One line, without an end mark. */
  readonly reason: string;
  /** Keys its arguments have or may have: `where.status`, `include.items`. */
  readonly keys: readonly string[];
}

/** One way a call may be sent. */
export interface SqlVariantView {
  /** What is different from the usual way, such as `without where.status`. */
  readonly differs: readonly string[];
  /** In the order in which they are sent; none where the client answers by itself. */
  readonly statements: readonly StatementView[];
  /** What is certain of the rows it reads. */
  readonly rows: readonly RowsRead[];
}

export interface StatementView {
  /** `query` gives rows, `execute` a number of them. */
  readonly kind: 'query' | 'execute';
  /** Exactly as it is sent; a list whose length only the run knows has one place. */
  readonly sql: string;
  /** Reads rows of a relation for the rows another statement gave. */
  readonly child: boolean;
  /** Is not sent every time. */
  readonly conditional: boolean;
  /** Between BEGIN and COMMIT. */
  readonly transaction: boolean;
}

/** Something certain of the rows a call reads or changes. */
export type RowsRead =
  /** It gives no more rows than these. */
  | { readonly kind: 'at-most'; readonly model: string; readonly rows: number }
  /** No WHERE and no LIMIT. */
  | { readonly kind: 'every-row'; readonly model: string; readonly access: 'read' | 'write' }
  /** Rows are read and left out again by the client, of the relation at the path; the path of the model itself is empty. */
  | {
      readonly kind: 'cut-in-memory';
      readonly model: string;
      readonly path: string;
      /** A `where` of theirs leaves some out before. */
      readonly filtered: boolean;
      readonly by: readonly ('distinct' | 'cursor' | 'skip' | 'take')[];
    }
  /** To count rows of a relation, those of its whole table are grouped. */
  | { readonly kind: 'counts-table'; readonly model: string; readonly by: '_count' | 'orderBy' };
