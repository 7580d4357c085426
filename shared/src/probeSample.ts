/** One call of Prisma's client as the probe saw it: one line of NDJSON; it never holds a value of the application. */
export interface ProbeSample {
  readonly v: 1;
  /** When the call was started, in milliseconds since 1970. */
  readonly at: number;
  /** From start to answer, in milliseconds. */
  readonly ms: number;
  /** Relative to the project where it lies inside, with `/`; null where no frame of the application was found. */
  readonly file: string | null;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** The place is one of generated code whose source map the process did not have. */
  readonly generated?: true;
  /** Null for raw SQL. */
  readonly model: string | null;
  readonly operation: string;
  /** SQL statements sent for it; missing where nothing counted them, 0 where another call of the batch sent them. */
  readonly statements?: number;
  /** Rows of the answer where it is a list. */
  readonly rows?: number;
  readonly failed?: true;
  /** Calls of the same request share it. */
  readonly request?: string;
  /** `GET /api/orders`. */
  readonly route?: string;
  /** The version of the application. */
  readonly deploy?: string;
  /** Calls this one stands for: 100 where one in a hundred is looked at; 1 where missing. Of a request all calls are looked at or none. */
  readonly weight?: number;
}

/** Lines the probe could not deliver since the last one of these. */
export interface ProbeLoss {
  readonly v: 1;
  readonly lost: number;
}

export type ProbeLine = ProbeSample | ProbeLoss;
