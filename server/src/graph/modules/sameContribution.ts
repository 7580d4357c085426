import type { Demand, ParsedFile, Use } from './parsedFile.ts';
import type { Reached } from './queryReach.ts';

/** What one outcome of file selection hung on. */
export interface Outcome {
  /** Whether what a file exports under a name leads to a query. */
  carries(target: string, name: string): boolean;
  /** Whether some parsed file exports the name. */
  exported(name: string): boolean;
  importers(file: string): readonly string[];
  /** A parsed file. */
  file(path: string): ParsedFile | undefined;
  /** Whether a file is parsed whoever asks for it. */
  isFirst(path: string): boolean;
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

  function sameDemands(a: readonly Demand[], b: readonly Demand[]): boolean {
    const [one, other] = [keysOf(a), keysOf(b)];
    const differ = [...a.filter(({ key }) => !other.has(key)), ...b.filter(({ key }) => !one.has(key))];
    return differ.every((demand) => leadsNowhere(outcome, demand, MAX_DEPTH));
  }
}

const MAX_DEPTH = 6;

/**
 * Whether asking makes no difference: of a name declared and exported nowhere, such as one half written, or of a file that is parsed anyway
 * and asks for nothing itself, such as the client for one more model.
 */
function leadsNowhere(outcome: Outcome, demand: Demand, depth: number): boolean {
  const { path, name, passive } = demand;
  if (path === null) return !outcome.exported(name);
  const file = outcome.file(path);
  if (!file) return passive;
  if (depth === 0 || !(passive || outcome.isFirst(path))) return false;
  return file.answer(demand).every((next) => leadsNowhere(outcome, next, depth - 1));
}

type Reaching = readonly [file: ParsedFile, reached: Reached];

function demandsBehind([file, { functions }]: Reaching): readonly Demand[] {
  return functions.flatMap((index) => file.demandsOf(index));
}

function keysOf(demands: readonly Demand[]): ReadonlySet<string> {
  return new Set(demands.map(({ key }) => key));
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
