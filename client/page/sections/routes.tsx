import { useMemo, useState } from 'preact/hooks';
import type { ReportedQuery, ReportedRoute, ReportPlace } from '#shared/report.ts';
import { perRequestText } from '#words/measurementText.ts';
import { msText } from '#words/quantities.ts';
import { Place, placeText } from '../place.tsx';
import { callsByCode } from '../routes/flame.ts';
import { RouteDetail } from '../routes/routeDetail.tsx';
import { Section } from '../section.tsx';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/dataTable.tsx';
import { figureColumn } from '../table/figureColumn.ts';
import { matcher } from '../table/search.ts';
import { SearchBox } from '../table/searchBox.tsx';

interface Props {
  readonly routes: readonly ReportedRoute[];
  readonly queries: ReadonlyMap<string, ReportedQuery>;
  /** The route to open and go to at first. */
  readonly wanted: Pick<ReportPlace, 'file' | 'line'> | null;
}

/** All entry points with what one request asks of the database. */
export function Routes({ routes, queries, wanted }: Props) {
  const [search, setSearch] = useState('');
  const rows = useMemo(() => {
    const matches = matcher(search);
    return routes.filter((route) => matches(`${route.name} ${route.file}:${route.line} ${route.formula ?? ''}`));
  }, [routes, search]);
  return (
    <Section id="routes" title="Routes" count={routes.length}>
      {routes.length === 0 ? (
        <p class="none">No route, page, job or command of the application asks the database.</p>
      ) : (
        <DataTable
          title="Routes"
          noun="route"
          columns={isAnswered(routes) ? COLUMNS : UNANSWERED}
          rows={rows}
          keyOf={({ name, file, line, column }) => `${name} ${file}:${line}:${column}`}
          wanted={wanted && (({ file, line }) => file === wanted.file && line === wanted.line)}
          initial={{ title: isCounted(routes) ? COUNTED : BY_CODE, descending: true }}
          more={(route) => <RouteDetail route={route} queries={queries} />}
          controls={<SearchBox value={search} onSearch={setSearch} placeholder="route or file" />}
          about={search}
        />
      )}
    </Section>
  );
}

const [BY_CODE, COUNTED, ANSWERED] = ['Calls, by the code', 'Calls, counted', 'Answered, p95'];

function isCounted(routes: readonly ReportedRoute[]): boolean {
  return routes.some(({ measured }) => measured?.queries);
}

function isAnswered(routes: readonly ReportedRoute[]): boolean {
  return routes.some(({ measured }) => measured?.answers);
}

const COLUMNS: readonly Column<ReportedRoute>[] = [
  { title: 'Route', value: ({ name }) => name, text: ({ name }) => name, cell: ({ name }) => <code>{name}</code> },
  {
    title: BY_CODE,
    isNumber: true,
    value: callsByCode,
    text: ({ formula }) => formula ?? 'cannot be counted',
    cell: ({ formula, letters }) => (
      <>
        {formula === null ? 'cannot be counted' : <span class="formula">{formula}</span>}
        {letters.length > 0 && (
          <small class="symbol">
            {letters.map(({ letter, of }) => `${letter}: ${of ?? 'turns of a loop'}`).join('; ')}
          </small>
        )}
      </>
    ),
  },
  figureColumn(COUNTED, ({ measured }) => measured?.queries?.callsPerRequest ?? null, perRequestText),
  figureColumn('Most calls', ({ measured }) => measured?.queries?.mostCalls ?? null, perRequestText),
  figureColumn('Time in queries', ({ measured }) => measured?.queries?.msPerRequest ?? null, msText),
  figureColumn(ANSWERED, ({ measured }) => measured?.answers?.p95Ms ?? null, msText),
  { title: 'Place', value: placeText, text: placeText, cell: (route) => <Place at={route} /> },
];

/** Where no application told how long its answers take. */
const UNANSWERED = COLUMNS.filter(({ title }) => title !== ANSWERED);
