import { followUsage } from '#graph/followUsage.ts';
import { holdsLongValues } from '#graph/longValues.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { Model, ScalarField } from '#schema/schemaModel.ts';
import { modelOfTable } from '#sql/parse/tables.ts';

/** What `*` brings, by the columns' names in the database. */
export interface Columns {
  readonly count: number;
  /** Empty where the rows go where they cannot be followed. */
  readonly unread: readonly string[];
  readonly read: readonly string[];
  /** Columns that may hold long values. */
  readonly wide: readonly string[];
}

/** Columns of the tables behind a `*`; null where a table is none of the schema. */
export function columnsOf(graph: ProjectGraph, site: QuerySite, tables: readonly string[]): Columns | null {
  const models = tables.map((table) => modelOfTable(site.schema, table));
  const fields = models.flatMap((model) => (model ? scalarsOf(model) : []));
  if (fields.length === 0 || models.includes(null)) return null;
  const { reads, escapes, touched, handsOnRows } = followUsage(graph, site);
  const read = new Set([...reads, ...escapes].map(([first]) => first));
  const isFollowed = !read.has(undefined) && touched.length === 0 && !handsOnRows && read.size > 0;
  const isRead = ({ column }: ScalarField) => read.has(column);
  // A name that is no column is of something the rows were made into.
  const isKnown = isFollowed && [...read].every((name) => fields.some(({ column }) => column === name));
  return {
    count: fields.length,
    unread: isKnown ? namesOf(fields.filter((field) => !isRead(field))) : [],
    read: isKnown ? namesOf(fields.filter(isRead)) : [],
    wide: namesOf(fields.filter(holdsLongValues)),
  };
}

function scalarsOf(model: Model): readonly ScalarField[] {
  return [...model.fields.values()].filter((field) => field.kind !== 'relation');
}

function namesOf(fields: readonly ScalarField[]): readonly string[] {
  return [...new Set(fields.map(({ column }) => column))];
}
