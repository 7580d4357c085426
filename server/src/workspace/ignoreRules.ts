import ignore from 'ignore';
import { readText } from './readText.ts';

/** What the `.gitignore` files from the root down to a folder leave out; a folder's path ends in a slash. */
export interface IgnoreRules {
  ignores(path: string): boolean;
  /** These rules and those of the `.gitignore` among a folder's entries. */
  withFolder(absolute: string, path: string, entries: readonly Named[]): IgnoreRules;
}

export interface Named {
  readonly name: string;
}

const MAX_GITIGNORE_BYTES = 256 * 1024;

export const NO_RULES: IgnoreRules = rules(() => null);

/** Patterns written as in a `.gitignore` that stands in the folder `path`. */
export function patternRules(path: string, patterns: readonly string[]): IgnoreRules {
  return patterns.length === 0 ? NO_RULES : rules(verdictOf(path, patterns));
}

type Verdict = (path: string) => boolean | null;

function rules(verdict: Verdict): IgnoreRules {
  const self: IgnoreRules = {
    ignores: (path) => verdict(path) === true,
    withFolder: (absolute, path, entries) => {
      if (!entries.some((entry) => entry.name === '.gitignore')) return self;
      const outcome = readText(`${absolute}/.gitignore`, MAX_GITIGNORE_BYTES);
      if (outcome.kind !== 'text') return self;
      const inner = verdictOf(path, outcome.text.split(/\r?\n/));
      return rules((asked) => inner(asked) ?? verdict(asked));
    },
  };
  return self;
}

function verdictOf(folder: string, patterns: readonly string[]): Verdict {
  const matcher = ignore().add(patterns);
  const prefix = folder === '' ? 0 : folder.length + 1;
  return (path) => {
    const { ignored, unignored } = matcher.test(path.slice(prefix));
    return ignored ? true : unignored ? false : null;
  };
}
