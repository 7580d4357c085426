import { SEVERITIES } from '#shared/finding.ts';
import type { ReportedIndex, ReportedQuery } from '#shared/report.ts';
import { msText } from '#words/quantities.ts';
import { Place, placeText } from '../place.tsx';
import { Section } from '../section.tsx';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/dataTable.tsx';

interface Props {
  readonly indexes: readonly ReportedIndex[];
  readonly queries: ReadonlyMap<string, ReportedQuery>;
}

/** Indexes that would pay, and those that do not. */
export function Indexes({ indexes, queries }: Props) {
  return (
    <Section id="indexes" title="Indexes" count={indexes.length}>
      {indexes.length === 0 ? (
        <p class="none">No index is missing, and none is too much.</p>
      ) : (
        <DataTable
          title="Indexes"
          noun="index change"
          columns={COLUMNS}
          rows={indexes}
          keyOf={({ finding, model, columns }) => `${finding} ${model} ${columns.join()}`}
          more={(index) => <IndexDetail index={index} queries={queries} />}
        />
      )}
    </Section>
  );
}

const COLUMNS: readonly Column<ReportedIndex>[] = [
  { title: 'Change', value: ({ change }) => change, text: ({ change }) => change, cell: ({ change }) => change },
  {
    title: 'Index',
    value: ({ model }) => model,
    text: indexText,
    cell: (index) => <code>{indexText(index)}</code>,
  },
  {
    title: 'Severity',
    value: ({ severity }) => SEVERITIES.indexOf(severity),
    text: ({ severity }) => severity,
    cell: ({ severity }) => severity,
  },
  {
    title: 'Queries it serves',
    isNumber: true,
    value: ({ serves }) => serves.length,
    text: ({ serves }) => String(serves.length),
    cell: ({ serves }) => serves.length,
  },
  {
    title: 'Their total time',
    isNumber: true,
    value: ({ totalMs }) => totalMs,
    text: totalText,
    cell: totalText,
  },
  { title: 'Place', value: placeText, text: placeText, cell: (index) => <Place at={index} /> },
];

function indexText({ model, attribute }: ReportedIndex): string {
  return `${model} ${attribute}`;
}

function totalText({ totalMs }: ReportedIndex): string {
  return totalMs === null ? '' : msText(totalMs);
}

function IndexDetail({ index, queries }: { readonly index: ReportedIndex; readonly queries: Props['queries'] }) {
  return (
    <>
      {index.sql === null ? null : <pre>{index.sql};</pre>}
      {index.replaces.map(({ attribute, sql }) => (
        <p key={attribute}>
          Makes <code>{attribute}</code> superfluous{sql === null ? '' : ': '}
          {sql === null ? null : <code>{sql};</code>}
        </p>
      ))}
      <Served ids={index.serves} queries={queries} />
    </>
  );
}

function Served({ ids, queries }: { readonly ids: readonly string[]; readonly queries: Props['queries'] }) {
  const known = ids.flatMap((id) => queries.get(id) ?? []);
  if (known.length === 0) return <p>No query of the application needs it.</p>;
  return (
    <ul class="related">
      {known.map((query) => (
        <li key={query.id}>
          <code>{query.name}</code> {query.totalMs === null ? '' : msText(query.totalMs)} <Place at={query} />
        </li>
      ))}
    </ul>
  );
}
