import type { LineReader } from '../source.ts';
import type { RowsTold } from './tableRows.ts';

/** Rows as MySQL's client prints them with `\G`; of values over several lines only the columns' own names tell where they end. */
export function verticalRows(columns: readonly string[], { row, unreadable }: RowsTold): LineReader {
  const names = new Set(columns);
  let open: Map<string, string> | null = null;
  let last: string | null = null;
  const close = () => {
    if (open) row(Object.fromEntries(open));
    open = null;
    last = null;
  };
  return {
    line: (text) => {
      if (/^\*+ \d+\. row \*+$/.test(text)) {
        close();
        open = new Map();
        return;
      }
      const [, name = '', value = ''] = /^ *(\w+): ?(.*)$/s.exec(text) ?? [];
      if (/^\d+ rows? in set/.test(text)) close();
      else if (open === null) {
        if (text.trim() !== '') unreadable(text);
      } else if (names.has(name) && !open.has(name)) {
        open.set(name, value);
        last = name;
      } else if (last !== null) open.set(last, `${open.get(last)}\n${text}`);
    },
    end: close,
  };
}
