import type { Demand, ParsedFile, Use } from './parsedFile.ts';
import type { Reached } from './queryReach.ts';

/** What one outcome of file selection hung on. */
export interface Outcome {
  /** Whether what a file exports under a name leads to a query. */
  carries(target: string, name: string): boolean;
  /** Whether some parsed file exports the name. */
  exported(name: string): boolean;
  importers(file: string): readonly string[];
}

/**
 * Whether a file's new facts contribute to the outcome what its old ones did, so that the same files are to be parsed. What names it says no
 * to is asked only as far as the outcome asked.
 */
export function sameContribution(before: ParsedFile, after: ParsedFile, outcome: Outcome): boolean {
  const carrying = ({ uses }: ParsedFile) => uses.filter(({ target, name }) => outcome.carries(target, name));
  const [old, fresh] = [carrying(before), carrying(after)];
  return (
    sameSet(before.uses.map(keyOf), after.uses.map(keyOf)) &&
    sameSet(exportsOf(before), exportsOf(after)) &&
    sameReach([before, before.own], [after, after.own]) &&
    old.length === fresh.length &&
    old.every((use, index) => sameUse(before, use, after, fresh[index])) &&
    sameDemands(before.demands, after.demands) &&
    [...before.answered()].every(([demand, answer]) => sameDemands(answer, after.answer(demand))) &&
    sameSet(before.surroundings(outcome.importers), after.surroundings(outcome.importers))
  );

  function sameUse(before: ParsedFile, old: Use, after: ParsedFile, fresh: Use | undefined): boolean {
    return (
      fresh !== undefined && keyOf(old) === keyOf(fresh) && sameReach([before, old.reached()], [after, fresh.reached()])
    );
  }

  function sameReach(...[a, b]: readonly [Reaching, Reaching]): boolean {
    return sameSet(a[1].exports, b[1].exports) && sameDemands(demandsBehind(a), demandsBehind(b));
  }

  /** A name declared nowhere and exported nowhere, such as one half written, asks for nothing. */
  function sameDemands(a: readonly Demand[], b: readonly Demand[]): boolean {
    const asking = (demands: readonly Demand[]) =>
      demands.filter(({ path, name }) => path !== null || outcome.exported(name)).map(({ key }) => key);
    return sameSet(asking(a), asking(b));
  }
}

type Reaching = readonly [file: ParsedFile, reached: Reached];

function demandsBehind([file, { functions }]: Reaching): readonly Demand[] {
  return functions.flatMap((index) => file.demandsOf(index));
}

function keyOf({ target, name }: Use): string {
  return `${target}\0${name}`;
}

function exportsOf({ facts }: ParsedFile): readonly string[] {
  return facts.exports.map(({ name, value, from }) => `${name} ${value === null} ${from?.specifier} ${from?.name}`);
}

function sameSet(a: Iterable<string>, b: Iterable<string>): boolean {
  const [one, other] = [new Set(a), new Set(b)];
  return one.size === other.size && [...one].every((each) => other.has(each));
}
