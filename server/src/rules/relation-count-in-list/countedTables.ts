import { filterBound } from '#graph/filterBound.ts';
import { canJoin, loadStrategy, mayJoin } from '#graph/loadStrategy.ts';
import { modelSize, pilesUp } from '#graph/modelSize.ts';
import { objectKeys } from '#graph/objectKeys.ts';
import type { ProjectGraph, QuerySite, ResolvedValue } from '#graph/projectGraph.ts';
import { occasionOf } from '#graph/reach.ts';
import { isFalse, type SelectedLevel, selectedLevels } from '#graph/selectedRelations.ts';
import type { Model, RelationField } from '#schema/schemaModel.ts';
import type { Severity } from '#shared/finding.ts';
import type { Location } from '#shared/location.ts';
import type { ProjectSettings } from '#shared/settings.ts';

/** A relation that is counted for some rows over all of its table. */
export interface Counted {
  readonly path: readonly string[];
  readonly model: Model;
  /** A single row may have any number of them. */
  readonly piling: boolean;
  readonly at: Location;
}

/** What one query counts over whole tables, and how much that matters. */
export interface CountedTables {
  readonly counted: readonly Counted[];
  readonly severity: Severity;
  /** What is shown, in words. */
  readonly rows: string;
  /** What to do. */
  readonly by: string;
}

/** Null where the database counts row by row, where all rows are listed anyway, or where the counted tables are small. */
export function countedTables(graph: ProjectGraph, site: QuerySite, project: ProjectSettings): CountedTables | null {
  if (loadStrategy(graph, site) !== 'query') return null;
  const rows = rowsShown(graph, site);
  if (rows === null) return null;
  const counted = [...selectedLevels(graph, site)].flatMap((level) => countsAt(graph, site, level, project));
  if (counted.length === 0) return null;
  const loud = counted.some(({ piling }) => piling) && occasionOf(graph, site.function.id) === 'request';
  return { counted, rows, severity: loud ? 'warning' : 'info', by: adviceFor(site, counted) };
}

/** Where all rows are listed, all are to be counted; where one is found by its key, databases carry the key into the count. */
function rowsShown(graph: ProjectGraph, site: QuerySite): string | null {
  const filter = filterBound(graph, site);
  if (site.operation !== 'findMany') return filter.kind === 'keys' ? null : 'one row';
  const { keys } = objectKeys(graph, site.args && { file: site.file, value: site.args });
  if (keys.has('take')) return 'one page';
  if (filter.kind === 'keys') return 'the rows of some keys';
  return filter.kind === 'narrowed' ? `the rows with one ${filter.fields.map(named).join(', ')}` : null;
}

function named(field: string): string {
  return field === 'OR' ? 'of several values' : `\`${field}\``;
}

function countsAt(
  graph: ProjectGraph,
  { schema }: QuerySite,
  { path, model, counts }: SelectedLevel,
  project: ProjectSettings,
): readonly Counted[] {
  const lists = [...model.fields.values()].filter(
    (field): field is RelationField => field.kind === 'relation' && field.list,
  );
  return counts.flatMap((value) =>
    lists.flatMap((field) => {
      const at = askedAt(graph, value, field.name);
      const related = schema.models.get(field.type);
      const size = related && at ? modelSize(graph, related, project) : 'small';
      if (!related || !at || size === 'small') return [];
      return [{ path: [...path, field.name], model: related, piling: pilesUp(graph, related, project), at }];
    }),
  );
}

/** `_count: true` counts every relation. */
function askedAt(graph: ProjectGraph, value: ResolvedValue, name: string): Location | null {
  const known = graph.resolve(value.file, value.value);
  if (known.value.kind === 'literal')
    return known.value.value === true ? { file: value.file, span: value.value.span } : null;
  const [select] = objectKeys(graph, known).keys.get('select')?.values ?? [];
  const [asked] = select ? (objectKeys(graph, select).keys.get(name)?.values ?? []) : [];
  return asked && !isFalse(graph, asked) ? { file: asked.file, span: asked.value.span } : null;
}

function adviceFor(site: QuerySite, counted: readonly Counted[]): string {
  if (mayJoin(site)) return "Drop `relationLoadStrategy: 'query'`: a join counts row by row.";
  const key = counted.length > 1 ? 'their foreign keys' : 'its foreign key';
  const grouped = `Count for the rows shown with \`groupBy\` by ${key} and an \`in\` list of their ids`;
  return canJoin(site) ? `${grouped}, or switch on the preview feature \`relationJoins\`.` : `${grouped}.`;
}
