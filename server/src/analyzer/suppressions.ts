import type { IgnoreFact } from '#syntax/facts.ts';
import type { BuiltInRuleId } from './builtInRules.ts';
import { didYouMean } from './nearestName.ts';

/** What an ignore comment may hide: a rule's finding, with every line a comment for it may stand above. */
export interface Suppressible {
  readonly rule: string;
  readonly lines: readonly number[];
}

/** Something wrong with an ignore comment. */
export interface IgnoreComplaint {
  readonly rule: BuiltInRuleId;
  readonly ignore: IgnoreFact;
  readonly happens: string;
  readonly todo: string;
}

export interface Suppression<Item> {
  readonly kept: readonly Item[];
  readonly hidden: readonly Item[];
  readonly complaints: readonly IgnoreComplaint[];
}

/** Rules an ignore comment may name, and whether a rule ran on the file: an ignore of a rule that is off is not called unused. */
export interface KnownRules {
  readonly ids: readonly string[];
  ran(rule: string): boolean;
}

/** Hides what one file's ignore comments cover and says which comments lack a reason, a purpose or a known rule. */
export function suppress<Item extends Suppressible>(
  items: readonly Item[],
  ignores: readonly IgnoreFact[],
  known: KnownRules,
): Suppression<Item> {
  const ranges = ignores.map((ignore) => ({ ignore, covers: coverage(ignore, ignores), used: new Set<string>() }));
  const active = ranges.filter(({ ignore }) => ignore.reason !== null);
  const hidden = items.filter((item) => {
    const hiding = active.filter(({ ignore, covers }) => names(ignore, item.rule) && item.lines.some(covers));
    for (const { used } of hiding) used.add(item.rule);
    return hiding.length > 0;
  });
  const gone = new Set(hidden);
  return {
    kept: items.filter((item) => !gone.has(item)),
    hidden,
    complaints: ranges.flatMap(({ ignore, used }) => complaintsAbout(ignore, used, known, ignores)),
  };
}

function names(ignore: IgnoreFact, rule: string): boolean {
  return ignore.rules.length === 0 || ignore.rules.includes(rule);
}

function coverage(ignore: IgnoreFact, all: readonly IgnoreFact[]): (line: number) => boolean {
  switch (ignore.scope) {
    case 'file':
      return () => true;
    case 'line':
      return (line) => line === ignore.line;
    case 'next-line': {
      const target = lineBelow(ignore, all);
      return (line) => line === target;
    }
    case 'start': {
      const end = endOf(ignore, all)?.line ?? Number.POSITIVE_INFINITY;
      return (line) => line >= ignore.line && line <= end;
    }
    case 'end':
      return () => false;
  }
}

/** Comments may be stacked: all of them then speak of the first line below the stack. */
function lineBelow(ignore: IgnoreFact, all: readonly IgnoreFact[]): number {
  const stacked = new Set(all.filter(({ scope }) => scope === 'next-line').map(({ line }) => line));
  let line = ignore.line + 1;
  while (stacked.has(line)) line++;
  return line;
}

function endOf(start: IgnoreFact, all: readonly IgnoreFact[]): IgnoreFact | undefined {
  return all.find((end) => end.scope === 'end' && end.line > start.line && closes(end, start));
}

function closes(end: IgnoreFact, start: IgnoreFact): boolean {
  return end.rules.length === 0 || end.rules.some((rule) => start.rules.includes(rule));
}

function complaintsAbout(
  ignore: IgnoreFact,
  used: ReadonlySet<string>,
  known: KnownRules,
  all: readonly IgnoreFact[],
): IgnoreComplaint[] {
  const unused = (happens: string, todo = 'Remove it.'): IgnoreComplaint => ({
    rule: 'unused-ignore',
    ignore,
    happens,
    todo,
  });
  if (ignore.scope === 'end') {
    const opened = all.some((start) => start.scope === 'start' && start.line < ignore.line && closes(ignore, start));
    return opened ? [] : [unused('This comment ends an ignored stretch that nothing started.')];
  }
  const unknown = ignore.rules.filter((rule) => !known.ids.includes(rule));
  const misnamed = unknown.map((rule) =>
    unused(`There is no rule "${rule}"${didYouMean(rule, known.ids)}`, 'Name a rule that `querylens rules` lists.'),
  );
  if (ignore.reason === null) {
    const todo = 'Say why after two dashes: `-- reason`.';
    return [
      ...misnamed,
      {
        rule: 'ignore-without-reason',
        ignore,
        happens: 'This ignore comment gives no reason and hides nothing.',
        todo,
      },
    ];
  }
  if (ignore.rules.length === 0) return used.size > 0 ? [] : [unused('This ignore comment hides nothing.')];
  const idle = ignore.rules.filter((rule) => known.ids.includes(rule) && !used.has(rule) && known.ran(rule));
  return [...misnamed, ...idle.map((rule) => unused(`This ignore comment hides no ${rule} finding.`))];
}
