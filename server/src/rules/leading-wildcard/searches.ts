import { lookupsOf } from '#graph/lookups/lookups.ts';
import type { Condition, Filter } from '#graph/lookups/whereFilter.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { Model, SchemaModel } from '#schema/schemaModel.ts';
import type { Severity } from '#shared/finding.ts';

/** A text that one query looks for in columns of one table, with nothing else to find the rows by. */
export interface Search {
  readonly site: QuerySite;
  readonly model: Model;
  readonly columns: readonly SearchedColumn[];
  /** Something that may be missing at run time would narrow it. */
  readonly maybeNarrow: boolean;
}

/** A column, and where in it the text may stand. */
export interface SearchedColumn {
  readonly name: string;
  readonly within: NonNullable<Condition['within']>;
}

/** A search and how much it matters. */
export interface Weighed {
  readonly search: Search;
  readonly severity: Severity;
}

/** The searches of a query that no index of its table serves. */
export function searchesOf(graph: ProjectGraph, site: QuerySite): readonly Search[] {
  return lookupsOf(graph, site)
    .filter(({ via }) => via === 'query')
    .flatMap(({ model, filter }) => inFilter(site, model, filter, 0));
}

/** Relations inside each other that are followed. */
const MAX_DEPTH = 3;

function inFilter(site: QuerySite, model: Model, filter: Filter, depth: number): readonly Search[] {
  if (filter.open || depth > MAX_DEPTH || narrows(model, filter, false)) return [];
  const branches = filter.either.flat().filter((branch) => !branch.open && !narrows(model, branch, false));
  const parts = [filter, ...branches];
  const columns = parts.flatMap(({ conditions }) => conditions.flatMap((each) => searched(site.schema, model, each)));
  const own =
    columns.length === 0
      ? []
      : [{ site, model, columns, maybeNarrow: parts.some((each) => narrows(model, each, true)) }];
  const related = filter.related.filter(({ quantifier }) => quantifier !== 'none');
  return [...own, ...related.flatMap((each) => inFilter(site, each.model, each.filter, depth + 1))];
}

/** A column held to a value, or between bounds, leaves few rows to be searched; a flag leaves many. */
function narrows(model: Model, { conditions, related, either }: Filter, maybe: boolean): boolean {
  const counts = ({ optional }: { readonly optional: boolean }) => optional === maybe;
  return (
    conditions.some((each) => counts(each) && isNarrow(model, each)) ||
    related.some((each) => counts(each) && each.quantifier !== 'none' && each.filter.conditions.some(isPinned)) ||
    either.some((branches) => branches.length > 0 && branches.every((branch) => narrows(model, branch, maybe)))
  );
}

function isNarrow(model: Model, condition: Condition): boolean {
  const field = model.fields.get(condition.field);
  if (condition.comparison === 'range') return true;
  return isPinned(condition) && !condition.constant && field?.kind === 'scalar' && field.type !== 'Boolean';
}

function isPinned({ comparison }: Condition): boolean {
  return comparison === 'equal' || comparison === 'in';
}

function searched(schema: SchemaModel, model: Model, condition: Condition): readonly SearchedColumn[] {
  const { within, field, constant } = condition;
  return within && !constant && !isServed(schema, model, field) ? [{ name: field, within }] : [];
}

/** PostgreSQL looks a text up by its trigrams; of MySQL's only a full-text index holds words. */
function isServed({ provider }: SchemaModel, model: Model, name: string): boolean {
  return model.indexes.some((index) =>
    provider === 'mysql'
      ? index.kind === 'fulltext' && index.fields.some((field) => field.name === name)
      : index.fields.some((field) => field.name === name && /trgm|bigm/i.test(field.operatorClass ?? '')),
  );
}
