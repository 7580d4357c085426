import type { RowsRead } from '#shared/sqlView.ts';
import { nameList } from './operationText.ts';

/** What is certain of the rows a call reads or changes, one sentence each. */
export function rowsText(rows: readonly RowsRead[]): readonly string[] {
  return rows.map(sentence);
}

function sentence(rows: RowsRead): string {
  switch (rows.kind) {
    case 'at-most':
      return `At most ${rows.rows === 1 ? 'one row' : `${rows.rows} rows`} of \`${rows.model}\`.`;
    case 'every-row':
      return rows.access === 'read'
        ? `Reads every row of \`${rows.model}\`: no WHERE and no LIMIT.`
        : `Changes every row of \`${rows.model}\`: no WHERE.`;
    case 'cut-in-memory': {
      const applied = `${nameList(rows.by)} ${rows.by.length === 1 ? 'is' : 'are'} applied in memory`;
      if (rows.path === '') return `Reads every row that matches: ${applied}.`;
      return `Reads every child row of \`${rows.path}\`: ${applied}.`;
    }
    case 'counts-table':
      return `${rows.by === '_count' ? '`_count`' : 'Sorting by `_count`'} aggregates the whole table of \`${rows.model}\`.`;
  }
}
