import { useMemo } from 'preact/hooks';
import type { PerformanceReport } from '#shared/report.ts';
import { type Changed, whatChanged } from '#words/whatChanged.ts';
import { Place, placeText } from '../place.tsx';
import { Section } from '../section.tsx';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/dataTable.tsx';

/** Queries and routes that are not what they were. */
export function Changes({ report }: { readonly report: PerformanceReport }) {
  const changed = useMemo(() => whatChanged(report), [report]);
  return (
    <Section id="changes" title="Before and after" count={changed.length}>
      {changed.length === 0 ? (
        <p class="none">No measured query or route is another than it was.</p>
      ) : (
        <DataTable
          title="Before and after"
          noun="change"
          columns={COLUMNS}
          rows={changed}
          keyOf={({ name, why, ...at }) => `${placeText(at)}:${at.column} ${name} ${why}`}
        />
      )}
    </Section>
  );
}

const COLUMNS: readonly Column<Changed>[] = [
  {
    title: 'Query or route',
    value: ({ name }) => name,
    text: ({ name }) => name,
    cell: ({ name }) => <code>{name}</code>,
  },
  { title: 'Before and after', text: ({ text }) => text, cell: ({ text }) => text },
  { title: 'Since', value: ({ why }) => why, text: ({ why }) => why, cell: ({ why }) => why },
  { title: 'Place', text: placeText, cell: (at) => <Place at={at} /> },
];
