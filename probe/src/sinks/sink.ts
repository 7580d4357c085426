/** Where lines go. */
export interface Sink {
  /** False where they were not taken; it never throws. */
  write(text: string): Promise<boolean>;
  /** For the end of the process, when nothing can be waited for. */
  writeNow(text: string): void;
}
