import { RE2JS } from 're2js';
import type { SlowLinePattern } from './slowLinePatterns.ts';

/** The patterns of a project's `logPatterns`, case ignored. They are matched in linear time, so no line can be one that takes forever. */
export function ownPatterns(sources: readonly string[]): readonly SlowLinePattern[] {
  return sources.map(ownPattern);
}

function ownPattern(source: string): SlowLinePattern {
  const expression = RE2JS.compile(RE2JS.translateRegExp(source), RE2JS.CASE_INSENSITIVE);
  const known = Object.keys(expression.namedGroups());
  return {
    example: source,
    groups: (line) => {
      const found = expression.matcher(line);
      if (!found.find()) return null;
      const group = (name: string) => (known.includes(name) ? (found.group(name) ?? undefined) : undefined);
      const ms = group('ms');
      return { name: group('name'), sql: group('sql'), time: ms ?? group('s'), unit: ms === undefined ? 's' : 'ms' };
    },
  };
}
