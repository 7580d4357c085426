import type { Paint } from './paint.ts';

/** Markdown as a person reads it at a terminal: headings bold, code indented, comments gone. */
export function markdownForTerminal(markdown: string, paint: Paint): string {
  let inCode = false;
  const lines: string[] = [];
  for (const line of markdown.replace(/<!--[\s\S]*?-->\n?/g, '').split(/\r?\n/)) {
    if (line.startsWith('```')) inCode = !inCode;
    else if (inCode) lines.push(`    ${line}`.trimEnd());
    else lines.push(proseLine(line, paint));
  }
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

function proseLine(line: string, paint: Paint): string {
  const heading = /^#+\s+(.*)$/.exec(line);
  if (heading) return paint.strong(heading[1] ?? '');
  return line
    .replace(/\*\*(.+?)\*\*/g, (_, text: string) => paint.strong(text))
    .replace(/\[([^\]]+)\]\((?!#)[^)]*\)/g, '$1');
}
