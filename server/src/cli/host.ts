/** The process around the command line: what it was given, where it may write. */
export interface Host {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: AsyncIterable<Buffer | string>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Where rule pages lie as `<id>.md`. */
  readonly pages: (rule: string) => string;
  /** The folder of the program that draws a report as a page. */
  readonly reportPage: string;
  /** Aborted when somebody asks the process to end; once this was called, the process ends itself, unless it is asked a second time. */
  readonly stopAsked: () => AbortSignal;
}

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

/** Colours on a terminal only; `NO_COLOR` and `TERM=dumb` turn them off, `FORCE_COLOR` on. */
export function wantsColours(output: Output, env: Host['env']): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return env.FORCE_COLOR !== '0';
  return output.isTTY === true && env.TERM !== 'dumb';
}
