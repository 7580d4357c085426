import { lookupsOf } from '#graph/lookups/lookups.ts';
import type { Condition, Filter, RelatedFilter } from '#graph/lookups/whereFilter.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { Model } from '#schema/schemaModel.ts';

/** An `OR` that makes its whole table be read, though each of its branches alone would find few rows. */
export interface Alternatives {
  readonly model: Model;
  /** Branches that hold columns of the table itself, and those that hold related rows, by what they name. */
  readonly own: readonly string[];
  readonly related: readonly string[];
}

/** The first such `OR` of a query; null where something else narrows the rows, or a branch lets many rows through anyway. */
export function alternativesOf(graph: ProjectGraph, site: QuerySite): Alternatives | null {
  for (const { via, model, filter } of lookupsOf(graph, site)) {
    if (via !== 'query' || filter.open || isNarrow(model, filter)) continue;
    const found = filter.either.map((branches) => alternatives(model, branches)).find((each) => each !== null);
    if (found) return found;
  }
  return null;
}

function alternatives(model: Model, branches: readonly Filter[]): Alternatives | null {
  if (branches.length < 2 || branches.some(({ open }) => open)) return null;
  const each = branches.map((branch) => ({ own: pinnedColumn(model, branch), related: pinnedRelation(branch, 0) }));
  if (each.some(({ own, related }) => own === null && related === null)) return null;
  const own = each.flatMap((branch) => branch.own ?? []);
  const related = each.flatMap((branch) => (branch.own === null ? (branch.related ?? []) : []));
  return related.length > 0 ? { model, own: [...new Set(own)], related: [...new Set(related)] } : null;
}

/** Columns held to a value, or bounds, or a related row held to one: then few rows are left for the `OR`. */
function isNarrow(model: Model, filter: Filter): boolean {
  const bounded = filter.conditions.some(({ comparison, optional }) => comparison === 'range' && !optional);
  return bounded || pinnedColumn(model, filter) !== null || pinnedRelation(filter, 0) !== null;
}

function pinnedColumn(model: Model, { conditions }: Filter): string | null {
  return conditions.find((each) => pins(model, each))?.field ?? null;
}

/** Few rows have the value: it is a key of the run, and no flag. */
function pins(model: Model, { field: name, comparison, constant, optional }: Condition): boolean {
  const field = model.fields.get(name);
  if (optional || constant || field?.kind !== 'scalar' || field.type === 'Boolean') return false;
  return (comparison === 'equal' || comparison === 'in') && !FLAG_NAME.test(name);
}

const FLAG_NAME = /(status|state|type|kind|role|level|priority|visibility|category|language|country|provider|mode)$/i;

/** Relations inside each other that are followed. */
const MAX_DEPTH = 4;

/** The relation whose rows are few; `author: { id }` is the foreign key, which the table holds itself. */
function pinnedRelation({ related }: Filter, depth: number): string | null {
  if (depth > MAX_DEPTH) return null;
  const byRelation = Map.groupBy(related, ({ relation }) => relation.name);
  // Where the code chooses between filters of a relation, each stands here by itself.
  return [...byRelation].find(([, choices]) => choices.every((each) => isPinned(each, depth)))?.[0] ?? null;
}

function isPinned(each: RelatedFilter, depth: number): boolean {
  const { optional, quantifier, model, filter } = each;
  if (optional || filter.open || (quantifier !== 'is' && quantifier !== 'some')) return false;
  return pinnedColumn(model, filter) !== null || pinnedRelation(filter, depth + 1) !== null;
}
