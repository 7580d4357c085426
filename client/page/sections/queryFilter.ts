import type { ReportedQuery } from '#shared/report.ts';
import { matcher } from '../table/search.ts';

/** What of all queries is looked at; empty texts stand for all. */
export interface QueryFilter {
  readonly search: string;
  readonly model: string;
  readonly route: string;
  readonly measured: '' | 'measured' | 'not measured';
}

export const ALL_QUERIES: QueryFilter = { search: '', model: '', route: '', measured: '' };

export function filteredQueries(queries: readonly ReportedQuery[], filter: QueryFilter): readonly ReportedQuery[] {
  const matches = matcher(filter.search);
  return queries.filter(
    (query) =>
      (filter.model === '' || modelOf(query) === filter.model) &&
      (filter.route === '' || query.routes.includes(filter.route)) &&
      (filter.measured === '' || (query.measurement === null) === (filter.measured === 'not measured')) &&
      matches(`${query.name} ${query.symbol} ${query.file}:${query.line} ${query.routes.join(' ')}`),
  );
}

/** What the queries can be told apart by, each value once and sorted. */
export function choicesOf(queries: readonly ReportedQuery[]): Record<'models' | 'routes', readonly string[]> {
  return {
    models: sorted(queries.flatMap((query) => modelOf(query) ?? [])),
    routes: sorted(queries.flatMap(({ routes }) => routes)),
  };
}

/** Null for raw SQL, of which no model is known. */
function modelOf({ name }: ReportedQuery): string | null {
  const [model, operation] = name.split('.');
  return operation === undefined ? null : (model ?? null);
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort((a, b) => a.localeCompare(b, 'en'));
}
