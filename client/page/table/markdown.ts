import type { TextColumn } from './textColumn.ts';

/** A table in Markdown under its heading; what stands in a cell is text there and nothing else. */
export function tableAsMarkdown<Row>(title: string, columns: readonly TextColumn<Row>[], rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    `## ${title}`,
    '',
    line(columns.map((column) => column.title)),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map((column) => escaped(column.text(row))))),
    '',
  ].join('\n');
}

function escaped(text: string): string {
  return text.replace(/[\\`*_<>|[\]]/g, '\\$&').replace(/\s+/g, ' ');
}
