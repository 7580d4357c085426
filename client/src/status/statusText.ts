import type { Severity } from '#shared/finding.ts';
import { COMMANDS } from '../commandIds.ts';
import { loudest, type Overview, overview, total } from '../state/overview.ts';
import type { FolderState, ProjectState } from '../state/projectState.ts';
import { countWords, escapeMarkdown, plural } from '../words.ts';

/** What the status bar item shows; the tooltip is Markdown with links to {@link TOOLTIP_COMMANDS}. */
export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  /** Read aloud in place of the text, whose icon says nothing to the ear. */
  readonly spoken: string;
  /** Whether somebody has to do something. */
  readonly alarming: boolean;
}

/** Commands the tooltip may run. */
export const TOOLTIP_COMMANDS: readonly string[] = [
  COMMANDS.focusFindings,
  COMMANDS.showCoverage,
  COMMANDS.showOutput,
  COMMANDS.restart,
  COMMANDS.scan,
  COMMANDS.openSettings,
];

export function statusText(state: ProjectState): StatusText {
  const all = overview(state);
  const said = sentence(all);
  return {
    text: text(all),
    tooltip: [`**Querylens**: ${escapeMarkdown(said)}`, ...folderLines(state), links(all)].join('\n\n'),
    spoken: `Querylens: ${said}`,
    alarming: all.kind === 'failed' || all.kind === 'stopped',
  };
}

const SEVERITY_ICONS: Readonly<Record<Severity, string>> = {
  error: '$(error)',
  warning: '$(warning)',
  info: '$(info)',
  hint: '$(info)',
};

function text(all: Overview): string {
  switch (all.kind) {
    case 'starting':
      return '$(loading~spin) Querylens';
    case 'scanning':
      return all.percent === null ? '$(loading~spin) Querylens' : `$(loading~spin) Querylens ${all.percent}%`;
    case 'ready': {
      const severity = loudest(all.counts);
      return severity === null ? '$(check) Querylens' : `${SEVERITY_ICONS[severity]} Querylens ${total(all.counts)}`;
    }
    case 'no-schema':
    case 'off':
      return '$(circle-slash) Querylens';
    case 'failed':
    case 'stopped':
      return '$(error) Querylens';
  }
}

function sentence(all: Overview): string {
  switch (all.kind) {
    case 'starting':
      return 'starting';
    case 'scanning':
      return all.percent === null ? 'reading the project' : `reading the project, ${all.percent} % done`;
    case 'ready':
      return `${countWords(all.counts)}; ${understood(all)}`;
    case 'no-schema':
      return 'no Prisma schema, so there is nothing to check';
    case 'off':
      return 'switched off by the setting querylens.enable';
    case 'failed':
    case 'stopped':
      return all.message;
  }
}

function understood(of: { readonly understood: number; readonly queryCalls: number }): string {
  return `${of.understood} of ${plural(of.queryCalls, 'query')} understood`;
}

/** One line a folder, where there are several. */
function folderLines({ folders }: ProjectState): readonly string[] {
  if (folders.length < 2) return [];
  return [
    folders.map((folder) => `- ${escapeMarkdown(folder.name)}: ${escapeMarkdown(folderWords(folder))}`).join('\n'),
  ];
}

function folderWords({ status }: FolderState): string {
  switch (status?.kind) {
    case undefined:
      return 'starting';
    case 'scanning':
      return 'reading';
    case 'ready':
      return `${countWords(status.counts)}; ${understood(status.coverage)}`;
    case 'no-schema':
      return 'no Prisma schema';
    case 'failed':
      return status.message;
  }
}

function links({ kind }: Overview): string {
  const link = (label: string, command: string): string => `[${label}](command:${command})`;
  const output = link('Output', COMMANDS.showOutput);
  if (kind === 'off') return link('Settings', COMMANDS.openSettings);
  if (kind === 'failed' || kind === 'stopped') return [output, link('Restart', COMMANDS.restart)].join(' · ');
  return [
    link('Findings', COMMANDS.focusFindings),
    link('Coverage', COMMANDS.showCoverage),
    link('Scan again', COMMANDS.scan),
    output,
  ].join(' · ');
}
