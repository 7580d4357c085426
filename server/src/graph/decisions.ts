/** Where something differs from run to run: a key that may be missing, a value that is one of several. */
export interface Decisions {
  /**
   * Index of the option to take, out of `options` texts that say what taking it means. A point that is met several times is decided
   * once, the same way everywhere; what is `seldom` so is tried after everything else.
   */
  choose(point: string, options: readonly string[], seldom?: boolean): number;
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

interface Point {
  /** By option: what it means at each place where the point was met. */
  readonly texts: Set<string>[];
  seldom: boolean;
}

/** Runs `read` once with the usual options, then with every other one by itself, at most `limit` times in all. */
export function everyOutcome<Result>(read: (decisions: Decisions) => Result, limit: number): Outcomes<Result> {
  const met = new Map<string, Point>();
  const usual = read({
    choose: (point, options, seldom = false) => {
      meet(met, point, options, seldom);
      return 0;
    },
  });
  const ranked = [...met].sort(([, a], [, b]) => Number(a.seldom) - Number(b.seldom));
  const others = ranked.flatMap(([point, { texts }]) =>
    texts.slice(1).map((differs, index) => ({ point, option: index + 1, differs: [...differs] })),
  );
  const outcomes = others.slice(0, limit - 1).map(({ point, option, differs }) => ({
    result: read({ choose: (asked) => (asked === point ? option : 0) }),
    differs,
  }));
  return { outcomes: [{ result: usual, differs: [] }, ...outcomes], untried: Math.max(0, others.length - limit + 1) };
}

function meet(met: Map<string, Point>, name: string, options: readonly string[], seldom: boolean): void {
  const point = met.get(name) ?? { texts: options.map(() => new Set<string>()), seldom };
  met.set(name, point);
  point.seldom &&= seldom;
  options.forEach((text, index) => {
    if (text !== '') point.texts[index]?.add(text);
  });
}
