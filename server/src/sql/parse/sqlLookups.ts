import type { Lookup } from '#graph/lookups/lookups.ts';
import { type SortOrder, UNSORTED } from '#graph/lookups/sortOrder.ts';
import { type Condition, type Filter, NO_FILTER } from '#graph/lookups/whereFilter.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { Demand } from './demands.ts';
import { rawSelects } from './rawSelects.ts';
import type { Select } from './select.ts';
import type { ParseSelects } from './sqlParsers.ts';
import { fieldOf, type ReadTable, tablesOf } from './tables.ts';

/** How the SQL that a driver sends makes the database find rows of the tables that are known; none for what Prisma sends. */
export function sqlLookups(graph: ProjectGraph, site: QuerySite, parse: ParseSelects): readonly Lookup[] {
  const raw = site.driver ? rawSelects(graph, site, parse) : null;
  return raw?.selects.flatMap((select) => lookupsIn(site, select, raw.selects.length === 1, !raw.whole)) ?? [];
}

function lookupsIn(site: QuerySite, select: Select, alone: boolean, open: boolean): readonly Lookup[] {
  const tables = tablesOf(site.schema, select);
  return tables.flatMap((table, index) => {
    const own = filterOf(tables, table, select.shape.demands, open);
    const joined = joinedBy(tables, table, select.shape.demands);
    const narrowed = own.conditions.length > 0 || own.either.length > 0;
    if (index > 0 && !narrowed && joined.length === 0) return [];
    const first = index === 0 || (narrowed && joined.length === 0);
    const filter = narrowed || index === 0 ? own : { ...NO_FILTER, conditions: joined, open };
    const sort = first && alone ? sortOf(tables, table, select) : UNSORTED;
    const limited = first && alone && select.shape.limited && !select.shape.grouped;
    return [{ site, model: table.model, filter, sort, limited, via: first ? 'query' : 'children', key: null } as const];
  });
}

function filterOf(tables: readonly ReadTable[], table: ReadTable, demands: readonly Demand[], open: boolean): Filter {
  const conditions = demands.flatMap((demand) => conditionOf(tables, table, demand));
  const either = demands.flatMap((demand) => {
    if (demand.kind !== 'either') return [];
    const branches = demand.branches.map((branch) => filterOf(tables, table, branch, open));
    return [branches];
  });
  return { conditions, either, related: [], open };
}

function conditionOf(tables: readonly ReadTable[], table: ReadTable, demand: Demand): readonly Condition[] {
  if (demand.kind !== 'compare') return [];
  const field = fieldOf(tables, table, demand.column);
  if (!field) return [];
  const { comparison, constant, value } = demand;
  return [{ field: field.name, comparison, constant, optional: false, ...(value === undefined ? {} : { value }) }];
}

/** Rows found by those of another table that is itself narrowed: the database walks from there. */
function joinedBy(tables: readonly ReadTable[], table: ReadTable, demands: readonly Demand[]): readonly Condition[] {
  return demands.flatMap((demand) => {
    if (demand.kind !== 'join') return [];
    const sides = [demand.left, demand.right].map((column) => ({
      own: fieldOf(tables, table, column),
      other: tables.find((each) => each !== table && fieldOf(tables, each, column)),
    }));
    const own = sides.find((side) => side.own)?.own;
    const other = sides.find((side) => side.other)?.other;
    if (!own || !other || !isNarrowed(tables, other, demands)) return [];
    return [{ field: own.name, comparison: 'equal', constant: false, optional: false } as const];
  });
}

function isNarrowed(tables: readonly ReadTable[], table: ReadTable, demands: readonly Demand[]): boolean {
  return demands
    .flatMap((demand) => conditionOf(tables, table, demand))
    .some(({ comparison }) => comparison === 'equal' || comparison === 'in');
}

function sortOf(tables: readonly ReadTable[], table: ReadTable, { shape }: Select): SortOrder {
  const keys = shape.order.map(({ column, direction }) => {
    const field = column ? fieldOf(tables, table, column) : null;
    return field ? { field: field.name, direction } : null;
  });
  const known = keys.filter((key) => key !== null);
  return { keys: known, relations: [], plain: known.length === keys.length };
}
