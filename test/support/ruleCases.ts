import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ExamplePart, splitParts } from './exampleParts.ts';
import { type PageExample, pageExamples } from './rulePage.ts';

export const RULES_FOLDER = join(import.meta.dirname, '../../server/src/rules');

/** One example of a rule, from its page or its fixtures. */
export interface RuleCase {
  readonly rule: string;
  readonly name: string;
  readonly parts: readonly ExamplePart[];
  readonly asks: PageExample['asks'];
  /** Absolute path of the fixture's golden file, null for a page's example. */
  readonly golden: string | null;
}

/** Every folder with a rule in it, sorted. */
export function ruleFolders(): readonly string[] {
  return readdirSync(RULES_FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Empty where the page is missing. */
export function pageText(rule: string, rules = RULES_FOLDER): string {
  const page = join(rules, rule, 'README.md');
  return existsSync(page) ? readFileSync(page, 'utf8') : '';
}

export function pageCases(rule: string, rules = RULES_FOLDER): readonly RuleCase[] {
  return pageExamples(pageText(rule, rules)).map(({ section, line, parts, asks }) => ({
    rule,
    name: `README.md:${line} (${section})`,
    parts,
    asks,
    golden: null,
  }));
}

export function fixtureCases(rule: string, rules = RULES_FOLDER): readonly RuleCase[] {
  const folder = join(rules, rule, 'fixtures');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.tsx?$/.test(name) && !/\.fixed\.tsx?$/.test(name))
    .sort()
    .map((name) => ({
      rule,
      name: `fixtures/${name}`,
      parts: splitParts(readFileSync(join(folder, name), 'utf8'), `src/${name}`),
      asks: 'free' as const,
      golden: join(folder, name.replace(/(?=\.tsx?$)/, '.fixed')),
    }));
}
