import type { RowsRead } from '#shared/sqlView.ts';
import { nameList } from './operationText.ts';

/** What is certain of the rows a call reads or changes, one sentence each. */
export function rowsText(rows: readonly RowsRead[]): readonly string[] {
  const counted = rows.filter((each) => each.kind === 'counts-table');
  const others = rows.filter((each) => each.kind !== 'counts-table').map(sentence);
  return [
    ...others,
    ...COUNTS.flatMap(({ by, words }) =>
      countSentence(
        words,
        counted.filter((each) => each.by === by),
      ),
    ),
  ];
}

type CountsTable = Extract<RowsRead, { readonly kind: 'counts-table' }>;

const COUNTS = [
  { by: '_count', words: '`_count`' },
  { by: 'orderBy', words: 'Sorting by `_count`' },
] as const;

function countSentence(words: string, counted: readonly CountsTable[]): readonly string[] {
  if (counted.length === 0) return [];
  const tables = nameList(counted.map(({ model }) => model));
  return [`${words} aggregates the whole table${counted.length === 1 ? '' : 's'} of ${tables}.`];
}

function sentence(rows: Exclude<RowsRead, CountsTable>): string {
  switch (rows.kind) {
    case 'at-most':
      return `At most ${rows.rows === 1 ? 'one row' : `${rows.rows} rows`} of \`${rows.model}\`.`;
    case 'every-row':
      return rows.access === 'read'
        ? `Reads every row of \`${rows.model}\`: no WHERE and no LIMIT.`
        : `Changes every row of \`${rows.model}\`: no WHERE.`;
    case 'cut-in-memory': {
      const applied = `${nameList(rows.by)} ${rows.by.length === 1 ? 'is' : 'are'} applied in memory`;
      const which = rows.filtered ? 'every matching' : 'every';
      return `Reads ${which} ${rows.path === '' ? `row of \`${rows.model}\`` : `child row of \`${rows.path}\``}: ${applied}.`;
    }
  }
}
