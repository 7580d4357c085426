/** `limit?: number`, `teamId: string | null`; the empty path is the parameter itself. */
export interface AbsentFact {
  readonly path: readonly string[];
  readonly undefined: boolean;
  readonly null: boolean;
}
