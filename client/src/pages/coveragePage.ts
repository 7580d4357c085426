import type { FolderState, ProjectState } from '../state/projectState.ts';
import { escapeMarkdown, plural } from '../words.ts';
import { fileLink } from './pageLink.ts';

/** How much of each folder was understood, and each call that was not, as a page in Markdown. */
export function coveragePage({ folders }: ProjectState): string {
  const base = folders[0]?.uri ?? null;
  const parts = folders.flatMap((folder) => ['', ...folderPart(folder, folders.length > 1, base)]);
  return `${['# Coverage', '', INTRODUCTION, ...parts].join('\n')}\n`;
}

const INTRODUCTION =
  'A query is understood when Querylens knows what it asks of which model or table. It says nothing about the others, so look at them yourself.';

function folderPart({ name, uri, status }: FolderState, named: boolean, base: string | null): readonly string[] {
  const heading = named ? [`## ${escapeMarkdown(name)}`, ''] : [];
  if (status?.kind === 'no-schema') return [...heading, 'There is no Prisma schema here, so nothing was checked.'];
  if (status?.kind === 'failed') return [...heading, `**${escapeMarkdown(status.message)}**`];
  if (status?.kind !== 'ready') return [...heading, 'The project is being read.'];
  const { files, parsed, queryCalls, understood, unresolved } = status.coverage;
  return [
    ...heading,
    `- ${plural(files, 'source file')}, of which ${parsed} can reach a query and were read closely`,
    `- ${understood} of ${plural(queryCalls, 'query')} understood`,
    ...(unresolved.length === 0 ? [] : ['', '| not understood | why |', '|---|---|']),
    ...unresolved.map(({ file, line, reason }) => {
      const address = `${uri.replace(/\/$/, '')}/${file.split('/').map(encodeURIComponent).join('/')}`;
      return `| ${fileLink(base, address, `${file}:${line}`, line)} | ${reason.replaceAll('|', '\\|')} |`;
    }),
  ];
}
