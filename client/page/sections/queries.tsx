import { useMemo, useState } from 'preact/hooks';
import type { Finding } from '#shared/finding.ts';
import type { ReportedQuery } from '#shared/report.ts';
import { perRequestText } from '#words/measurementText.ts';
import { compactCount, msText } from '#words/quantities.ts';
import { Place, placeText } from '../place.tsx';
import { Section } from '../section.tsx';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/dataTable.tsx';
import { figureColumn } from '../table/figureColumn.ts';
import { SearchField } from '../table/searchBox.tsx';
import { QueryDetail } from './queryDetail.tsx';
import { ALL_QUERIES, choicesOf, filteredQueries, type QueryFilter } from './queryFilter.ts';

interface Props {
  readonly queries: readonly ReportedQuery[];
  readonly findings: ReadonlyMap<string, Finding>;
}

/** All queries, to be sorted by what makes them dear. */
export function Queries({ queries, findings }: Props) {
  const [filter, setFilter] = useState(ALL_QUERIES);
  const rows = useMemo(() => filteredQueries(queries, filter), [queries, filter]);
  return (
    <Section id="queries" title="Queries" count={queries.length}>
      {queries.length === 0 ? (
        <p class="none">There are no queries in the code of the application.</p>
      ) : (
        <DataTable
          title="Queries"
          noun="query"
          columns={COLUMNS}
          rows={rows}
          keyOf={({ id }) => id}
          initial={{ title: 'Total time', descending: true }}
          more={(query) => <QueryDetail query={query} findings={findings} />}
          controls={<Filters queries={queries} filter={filter} onFilter={setFilter} />}
          about={JSON.stringify(filter)}
        />
      )}
    </Section>
  );
}

const COLUMNS: readonly Column<ReportedQuery>[] = [
  {
    title: 'Query',
    value: ({ name }) => name,
    text: ({ name }) => name,
    cell: ({ name, symbol, findings }) => (
      <>
        <code>{name}</code>
        {findings.length > 0 && (
          <span class="mark">{findings.length === 1 ? '1 finding' : `${findings.length} findings`}</span>
        )}
        <small class="symbol">{symbol}</small>
      </>
    ),
  },
  figureColumn('Total time', ({ totalMs }) => totalMs, msText),
  figureColumn('p95', ({ measurement }) => measurement?.p95Ms ?? null, msText),
  figureColumn('Calls', ({ measurement }) => measurement?.calls ?? null, compactCount),
  figureColumn('Per request', ({ measurement }) => measurement?.perRequest ?? null, perRequestText),
  {
    title: 'Routes',
    text: ({ routes }) => shortened(routes),
    cell: ({ routes }) => <span class="routes">{shortened(routes)}</span>,
  },
  {
    title: 'Place',
    value: ({ file, line }) => `${file}:${line}`,
    text: placeText,
    cell: (query) => <Place at={query} />,
  },
];

const MOST_ROUTES = 2;

function shortened(routes: readonly string[]): string {
  const left = routes.length - MOST_ROUTES;
  return [...routes.slice(0, MOST_ROUTES), ...(left > 0 ? [`${left} more`] : [])].join(', ');
}

interface FiltersProps {
  readonly queries: readonly ReportedQuery[];
  readonly filter: QueryFilter;
  readonly onFilter: (filter: QueryFilter) => void;
}

function Filters({ queries, filter, onFilter }: FiltersProps) {
  const { models, routes } = useMemo(() => choicesOf(queries), [queries]);
  return (
    <search class="filters">
      <SearchField
        placeholder="name, function, file or route"
        value={filter.search}
        onSearch={(search) => onFilter({ ...filter, search })}
      />
      <Choice
        name="Model"
        all="all models"
        value={filter.model}
        values={models}
        onChoice={(model) => onFilter({ ...filter, model })}
      />
      <Choice
        name="Route"
        all="all routes"
        value={filter.route}
        values={routes}
        onChoice={(route) => onFilter({ ...filter, route })}
      />
      <Choice
        name="Measured"
        all="measured or not"
        value={filter.measured}
        values={MEASURED}
        onChoice={(choice) => onFilter({ ...filter, measured: MEASURED.find((each) => each === choice) ?? '' })}
      />
    </search>
  );
}

const MEASURED = ['measured', 'not measured'] as const;

interface ChoiceProps {
  readonly name: string;
  readonly all: string;
  readonly value: string;
  readonly values: readonly string[];
  readonly onChoice: (value: string) => void;
}

function Choice({ name, all, value, values, onChoice }: ChoiceProps) {
  return (
    <label>
      <span>{name}</span>
      <select value={value} onChange={({ currentTarget }) => onChoice(currentTarget.value)}>
        <option value="">{all}</option>
        {values.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
    </label>
  );
}
