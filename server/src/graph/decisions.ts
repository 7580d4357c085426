/** Where arguments differ from run to run: a key that may be missing, a value that is one of several. */
export interface Decisions {
  /** Index of the option to take, out of `options` texts that say what taking it means. */
  choose(point: string, options: readonly string[]): number;
}

/** One way to take all decisions. */
export interface Outcome<Result> {
  readonly result: Result;
  /** Texts of the options taken that are not the usual ones. */
  readonly differs: readonly string[];
}

export interface Outcomes<Result> {
  readonly outcomes: readonly Outcome<Result>[];
  /** How many options were not tried. */
  readonly untried: number;
}

/** Runs `read` once with the usual options, then with every other one by itself, at most `limit` times in all. */
export function everyOutcome<Result>(read: (decisions: Decisions) => Result, limit: number): Outcomes<Result> {
  const met = new Map<string, readonly string[]>();
  const usual = read({
    choose: (point, options) => {
      met.set(point, options);
      return 0;
    },
  });
  const others = [...met].flatMap(([point, options]) =>
    options.slice(1).map((text, index) => ({ point, option: index + 1, text })),
  );
  const outcomes = others.slice(0, limit - 1).map(({ point, option, text }) => ({
    result: read({ choose: (asked) => (asked === point ? option : 0) }),
    differs: [text],
  }));
  return { outcomes: [{ result: usual, differs: [] }, ...outcomes], untried: Math.max(0, others.length - limit + 1) };
}
