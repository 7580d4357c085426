/** One bar of a chart. */
export interface BarRow {
  readonly label: string;
  readonly value: number;
  /** What stands behind the bar. */
  readonly words: string;
}

const BAR_WIDTH = 24;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** A chart of letters, one row a line, as it stands in a fixed-width font; what is more than nothing has a bar, however short. */
export function barRows(rows: readonly BarRow[]): readonly string[] {
  const most = Math.max(0, ...rows.map(({ value }) => value));
  const labelWidth = Math.max(0, ...rows.map(({ label }) => label.length));
  return rows.map(({ label, value, words }) => {
    const bar = most === 0 ? '' : barOf((BAR_WIDTH * value) / most);
    return `${label.padStart(labelWidth)}  ${bar.padEnd(BAR_WIDTH)}  ${words}`;
  });
}

/** Values over time in one line, one letter each, from nothing to the greatest; a space where there is none. */
export function sparkline(values: readonly (number | null)[]): string {
  const most = Math.max(0, ...values.flatMap((value) => value ?? []));
  return values.map((value) => (value === null ? ' ' : levelOf(value, most))).join('');
}

function levelOf(value: number, most: number): string {
  const level = most === 0 ? 0 : Math.ceil((LEVELS.length * value) / most) - 1;
  return LEVELS[Math.max(0, level)] ?? '';
}

function barOf(length: number): string {
  const eighths = length > 0 ? Math.max(1, Math.round(length * 8)) : 0;
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}
