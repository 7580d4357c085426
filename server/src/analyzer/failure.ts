/** Something the user can put right: printed as it stands, without a stack, and ends the run with exit code 2. */
export class Failure extends Error {
  override readonly name = 'Failure';
}
