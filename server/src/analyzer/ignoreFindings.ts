import type { Finding, Fix } from '#shared/finding.ts';
import type { Location, Range, Span } from '#shared/location.ts';
import type { Settings } from '#shared/settings.ts';
import type { Workspace } from '#workspace/workspace.ts';
import { BUILT_IN_RULES, docsOf } from './builtInRules.ts';
import { findingIds } from './findingId.ts';
import { ruleLevels } from './ruleLevels.ts';
import type { IgnoreComplaint } from './suppressions.ts';

/** What is wrong with ignore comments, as findings; certain, so their proof counts as that of a schema. */
export function ignoreFindings(
  complaints: readonly { readonly file: string; readonly complaint: IgnoreComplaint }[],
  { settings, workspace }: { readonly settings: Settings; readonly workspace: Workspace },
  place: (at: Location) => Range,
): readonly Finding[] {
  const setting = ruleLevels(settings);
  const wanted = complaints.flatMap(({ file, complaint }) => {
    const rule = BUILT_IN_RULES.find(({ id }) => id === complaint.rule);
    if (!rule || (rule.id === 'unused-ignore' && !settings.reportUnusedIgnores)) return [];
    const { level } = setting({ id: rule.id, preset: 'recommended', stage: 'stable' }, file);
    return level === 'off' ? [] : [{ file, complaint, severity: level ?? rule.severity }];
  });
  const ids = findingIds(
    wanted.map(({ file, complaint: { rule, ignore } }) => ({
      ...{ rule, file, symbol: [ignore.scope, ...ignore.rules].join(' '), model: null, operation: null, columns: [] },
    })),
  );
  return wanted.map(({ file, complaint: { rule, ignore, happens, todo }, severity }, index) => ({
    ...{ id: ids[index] ?? '', rule, severity, proof: 'schema', message: `${happens} ${todo}` },
    ...{ file, ...place({ file, span: ignore.span }), model: null, operation: null, columns: [], related: [] },
    fixes: rule === 'unused-ignore' ? removal(file, ignore.span, ignore.rules.length, workspace.read(file)) : [],
    ...{ measurement: null, docs: docsOf(rule) },
  }));
}

/** Offered only for a comment that names one rule or none: of several, another may be in use. */
function removal(file: string, span: Span, rules: number, text: string | null): readonly Fix[] {
  if (text === null || rules > 1) return [];
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  const alone = text.slice(lineStart, span.start).trim() === '' && /^[ \t]*(?:\r?\n|$)/.test(text.slice(span.end));
  const lineEnd = text.indexOf('\n', span.end);
  const whole = { start: lineStart, end: lineEnd < 0 ? text.length : lineEnd + 1 };
  const trimmed = { start: text.slice(0, span.start).trimEnd().length, end: span.end };
  return [
    { title: 'Remove the comment', safety: 'safe', edits: [{ file, span: alone ? whole : trimmed, newText: '' }] },
  ];
}
