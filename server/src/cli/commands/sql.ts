import { Failure } from '#analyzer/failure.ts';
import { createSqlViews } from '#analyzer/sqlViews.ts';
import { sqlListing } from '#render/sqlText.ts';
import type { SqlView } from '#shared/sqlView.ts';
import { placedQuery } from '../placedQuery.ts';
import type { RunSurroundings } from '../projectRun.ts';
import { sqlJson } from '../reporters/sqlJson.ts';

/** What the command prints, and whether the SQL could be told. */
export interface PrintedSql {
  readonly text: string;
  readonly told: boolean;
}

/** The SQL of the query at `FILE:LINE[:COLUMN]`, one statement a line or as JSON. */
export async function sql(
  place: string,
  format: 'text' | 'json',
  around: RunSurroundings & { readonly version: string },
): Promise<PrintedSql> {
  const { run, graph, site, file } = await placedQuery(place, around);
  const view = await createSqlViews(run.workspace).of(graph, site);
  const told = 'variants' in view;
  if (format === 'json') return { text: sqlJson(file, site, view, around.version), told };
  return { text: told ? sqlListing(view) : refuse(place, view), told };
}

function refuse(place: string, view: Exclude<SqlView, { readonly variants: unknown }>): never {
  throw new Failure(`${place}: the SQL cannot be told: ${view.reason}`);
}
