import { modelSize } from '#graph/modelSize.ts';
import { isExecute } from '#graph/operations.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { pinsUniqueKey } from '#schema/indexCoverage.ts';
import type { ProjectSettings } from '#shared/settings.ts';
import type { Demand } from '#sql/parse/demands.ts';
import { rawSelects } from '#sql/parse/rawSelects.ts';
import type { ParseSelects } from '#sql/parse/sqlParsers.ts';
import { fieldOf, type ReadTable, tablesOf } from '#sql/parse/tables.ts';
import { type Unbounded, weighWhole } from './weigh.ts';

/** As `weigh`, of a query whose text is SQL; null too where a part of the text is not known, or its table is not. */
export function weighSql(
  graph: ProjectGraph,
  site: QuerySite,
  project: ProjectSettings,
  parse: ParseSelects,
): Unbounded | null {
  const raw = isExecute(site.operation) ? null : rawSelects(graph, site, parse);
  const [select, ...branches] = raw?.selects ?? [];
  if (!raw?.whole || !select || branches.length > 0 || select.outputs.length === 0) return null;
  const { limited, skips, grouped, demands } = select.shape;
  const tables = tablesOf(site.schema, select);
  const [table] = tables;
  if (limited || grouped || !table || tables.length < select.from.length) return null;
  const size = modelSize(graph, table.model, project);
  const bound = boundOf(tables, table, demands);
  if (size === 'small' || bound === null) return null;
  const model = table.model.name;
  const filtered = demands.some(({ kind }) => kind !== 'join');
  if (skips) return { kind: 'skip', model, fields: bound, filtered, proof: 'schema' };
  if (demands.some(({ kind }) => kind === 'unknown' || kind === 'either'))
    return { kind: 'whole', model, fields: bound, filtered, proof: 'pattern' };
  const whole = { model: table.model, size, fields: bound, filtered, narrowed: bound.length > 0 };
  return { ...weighWhole(graph, site, project, whole), model };
}

/** The columns that narrow the rows of a table; null where they pin a key, so that there are no more rows than keys. */
function boundOf(tables: readonly ReadTable[], table: ReadTable, demands: readonly Demand[]): readonly string[] | null {
  const pinned = demands.flatMap((demand) => {
    const isPinning = demand.kind === 'compare' && (demand.comparison === 'equal' || demand.comparison === 'in');
    const field = isPinning ? fieldOf(tables, table, demand.column) : null;
    return field ? [field] : [];
  });
  if (
    pinsUniqueKey(
      table.model,
      pinned.map(({ name }) => name),
    )
  )
    return null;
  // A flag hardly narrows.
  return [...new Set(pinned.filter(({ type }) => type !== 'Boolean').map(({ name }) => name))];
}
