import { SEVERITIES } from '#shared/finding.ts';
import type { ListedFinding } from '#shared/protocol.ts';
import { overview } from '../state/overview.ts';
import type { FolderState, ProjectState } from '../state/projectState.ts';
import { countWords, escapeMarkdown, plural } from '../words.ts';
import { fileLink } from './pageLink.ts';

/** All findings by rule and by file, with what was understood, as a page in Markdown. */
export function summaryPage(state: ProjectState): string {
  const base = state.folders[0]?.uri ?? null;
  const folders = state.folders.flatMap((folder) => ['', ...folderPart(folder, state.folders.length > 1, base)]);
  return `${['# Findings', '', opening(state), ...folders].join('\n')}\n`;
}

function opening(state: ProjectState): string {
  const all = overview(state);
  if (all.kind === 'ready') return `${plural(state.folders.length, 'folder')}: ${countWords(all.counts)}.`;
  if (all.kind === 'no-schema') return 'There is no Prisma schema here, so nothing was checked.';
  if (all.kind === 'off') return 'Querylens is switched off by the setting `querylens.enable`.';
  if (all.kind === 'failed' || all.kind === 'stopped') return `**${escapeMarkdown(all.message)}**`;
  return 'The project is being read; the numbers below are those heard last.';
}

function folderPart(
  { name, status, findings, problems }: FolderState,
  named: boolean,
  base: string | null,
): readonly string[] {
  const coverage =
    status?.kind === 'ready'
      ? `${status.coverage.understood} of ${plural(status.coverage.queryCalls, 'query')} understood, in ${plural(status.coverage.files, 'file')}.`
      : '';
  return [
    ...(named ? [`## ${escapeMarkdown(name)}`, ''] : []),
    ...(coverage === '' ? [] : [coverage, '']),
    ...table('rule', findings, ({ finding }) => `\`${finding.rule}\``),
    ...table('file', findings, ({ finding, uri }) => fileLink(base, uri, finding.file)),
    ...problems.map(({ file, message }) => `- ${escapeMarkdown(file)}: ${message}`),
  ];
}

/** One row for each key, most findings first. */
function table(
  heading: string,
  findings: readonly ListedFinding[],
  keyOf: (listed: ListedFinding) => string,
): readonly string[] {
  if (findings.length === 0) return [];
  const rows = [...Map.groupBy(findings, keyOf)]
    .sort(([left, a], [right, b]) => b.length - a.length || (left < right ? -1 : 1))
    .map(([key, group]) => `| ${key} | ${SEVERITIES.map((severity) => cell(group, severity)).join(' | ')} |`);
  return [`| ${heading} | ${SEVERITIES.join(' | ')} |`, '|---|---:|---:|---:|---:|', ...rows, ''];
}

function cell(group: readonly ListedFinding[], severity: string): string {
  const count = group.filter(({ finding }) => finding.severity === severity).length;
  return count === 0 ? '' : String(count);
}
