/** The SQL behind one query in the terms of a hover, a lens or a clipboard, or why it cannot be told. */
export type SqlView = SentSql | UntoldSql;

/** Databases as a Prisma schema names them. */
export type SqlDialect = 'postgresql' | 'mysql' | 'sqlite' | 'sqlserver' | 'cockroachdb';

export interface SentSql {
  /** `compiled` is what Prisma sends, `partial` what it sends at least, `raw` what the code has written itself. */
  readonly kind: 'compiled' | 'partial' | 'raw';
  readonly dialect: SqlDialect;
  /** The usual way first, ways with the same SQL told once; never empty. */
  readonly variants: readonly [SqlVariantView, ...SqlVariantView[]];
  /** There are more ways than these. */
  readonly more: boolean;
  /** Parts of the arguments that lead out of what can be followed, as paths: they may add to the SQL. */
  readonly notFollowed: readonly string[];
}

export interface UntoldSql {
  readonly kind: 'not-compiled';
  /** One line, without an end mark. */
  readonly reason: string;
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
      readonly by: readonly ('distinct' | 'cursor' | 'skip' | 'take')[];
    }
  /** To count rows of a relation, those of its whole table are grouped. */
  | { readonly kind: 'counts-table'; readonly model: string; readonly by: '_count' | 'orderBy' };
