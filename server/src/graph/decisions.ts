/** Where something differs from run to run: a key that may be missing, a value that is one of several. */
export interface Decisions {
  /**
   * Index of the option to take, out of `count`; `textOf` says what taking it means, and is asked of the one that is taken if that is
   * not the usual one. A point that is met several times is decided once, the same way everywhere; what is `seldom` so is tried after
   * everything else.
   */
  choose(point: string, count: number, textOf: (option: number) => string, seldom?: boolean): number;
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

/** Options to take, by point; elsewhere the usual one. */
type Taken = ReadonlyMap<string, number>;

interface Point {
  readonly options: number;
  /** What the option that is taken means, at each place where the point was met. */
  readonly texts: Set<string>;
  seldom: boolean;
}

/**
 * Runs `read` once with the usual options, then with every other one by itself, at most `limit` times in all. Points that are met only
 * behind an unusual option are tried together with it.
 */
export function everyOutcome<Result>(read: (decisions: Decisions) => Result, limit: number): Outcomes<Result> {
  const known = new Set<string>();
  const waiting: Taken[] = [new Map()];
  const seldom: Taken[] = [];
  const outcomes: Outcome<Result>[] = [];
  while (outcomes.length < limit) {
    const taken = waiting.shift() ?? seldom.shift();
    if (!taken) break;
    const { result, points } = runWith(read, taken);
    outcomes.push({ result, differs: textsOf(taken, points) });
    for (const [name, point] of points) {
      if (known.has(name)) continue;
      known.add(name);
      const others = Array.from({ length: point.options - 1 }, (_, index) => new Map([...taken, [name, index + 1]]));
      (point.seldom ? seldom : waiting).push(...others);
    }
  }
  return { outcomes, untried: waiting.length + seldom.length };
}

/**
 * Runs `read` in every way all decisions may be taken together, at most `limit` of them, the usual one first: for whoever must be sure that
 * nothing else can be.
 */
export function allOutcomes<Result>(read: (decisions: Decisions) => Result, limit: number): AllOutcomes<Result> {
  const waiting: (readonly number[])[] = [[]];
  const results: Result[] = [];
  let singles = 1;
  while (results.length < limit) {
    const taken = waiting.shift();
    if (!taken) break;
    const { result, counts } = runInOrder(read, taken);
    if (results.length === 0) singles = counts.reduce((sum, count) => sum + count - 1, singles);
    results.push(result);
    for (let at = taken.length; at < counts.length; at++) {
      const before = [...taken, ...new Array<number>(at - taken.length).fill(0)];
      for (let option = 1; option < (counts[at] ?? 0); option++) waiting.push([...before, option]);
    }
  }
  return { results, untried: waiting.length, singly: results.length >= singles };
}

export interface AllOutcomes<Result> {
  readonly results: readonly Result[];
  /** Ways to begin that were not tried; 0 where `results` is all there is. */
  readonly untried: number;
  /** Whether each option was tried at least by itself. */
  readonly singly: boolean;
}

/** Takes the options in the order in which the points are met, and the usual one behind them. */
function runInOrder<Result>(read: (decisions: Decisions) => Result, taken: readonly number[]) {
  const met = new Map<string, number>();
  const counts: number[] = [];
  const result = read({
    choose: (name, count) => {
      const known = met.get(name);
      if (known !== undefined) return known;
      const option = taken[counts.length] ?? 0;
      counts.push(count);
      met.set(name, option);
      return option;
    },
  });
  return { result, counts };
}

function runWith<Result>(read: (decisions: Decisions) => Result, taken: Taken) {
  const points = new Map<string, Point>();
  const result = read({
    choose: (name, count, textOf, isSeldom = false) => {
      const point = points.get(name) ?? { options: count, texts: new Set(), seldom: isSeldom };
      points.set(name, point);
      point.seldom &&= isSeldom;
      const option = taken.get(name) ?? 0;
      const text = option === 0 ? '' : textOf(option);
      if (text !== '') point.texts.add(text);
      return option;
    },
  });
  return { result, points };
}

function textsOf(taken: Taken, points: ReadonlyMap<string, Point>): readonly string[] {
  return [...taken].flatMap(([name]) => [...(points.get(name)?.texts ?? [])]);
}
