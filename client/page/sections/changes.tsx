import { useMemo } from 'preact/hooks';
import type { ReportedQuery } from '#shared/report.ts';
import { type ChangedQuery, changedQueries } from '#words/changedQueries.ts';
import { Place, placeText } from '../place.tsx';
import { Section } from '../section.tsx';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/dataTable.tsx';

/** Queries that are not what they were; nothing where there are none. */
export function Changes({ queries }: { readonly queries: readonly ReportedQuery[] }) {
  const changed = useMemo(() => changedQueries(queries), [queries]);
  return (
    <Section id="changes" title="Before and after" count={changed.length}>
      {changed.length === 0 ? (
        <p class="none">No measured query is another than it was.</p>
      ) : (
        <DataTable
          title="Before and after"
          noun="change"
          columns={COLUMNS}
          rows={changed}
          keyOf={({ query: { id }, why }) => `${id} ${why}`}
        />
      )}
    </Section>
  );
}

const COLUMNS: readonly Column<ChangedQuery>[] = [
  {
    title: 'Query',
    value: ({ query }) => query.name,
    text: ({ query }) => query.name,
    cell: ({ query }) => <code>{query.name}</code>,
  },
  { title: 'Before and after', text: ({ text }) => text, cell: ({ text }) => text },
  { title: 'Since', value: ({ why }) => why, text: ({ why }) => why, cell: ({ why }) => why },
  { title: 'Place', text: ({ query }) => placeText(query), cell: ({ query }) => <Place at={query} /> },
];
