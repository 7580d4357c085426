/** One thing wrong in a file a person wrote, lines and columns from 1. */
export interface Mistake {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Something the user can put right: printed as it stands, without a stack, and ends the run with exit code 2. */
export class Failure extends Error {
  override readonly name = 'Failure';
  /** What the message says, by place, for editors; empty where it is about no place in a file. */
  readonly mistakes: readonly Mistake[];

  constructor(message: string, mistakes: readonly Mistake[] = []) {
    super(message);
    this.mistakes = mistakes;
  }
}
