import { type ForeignKey, keyOfChildren } from '#graph/lookups/foreignKeys.ts';
import type { Lookup } from '#graph/lookups/lookups.ts';
import { type SortOrder, UNSORTED } from '#graph/lookups/sortOrder.ts';
import { type Condition, type Filter, NO_FILTER, type RelatedFilter } from '#graph/lookups/whereFilter.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import type { Model, SchemaModel } from '#schema/schemaModel.ts';
import { worthOf } from './columns.ts';

/** Conditions that hold together on one table: what one index can serve. */
export interface Access {
  readonly site: QuerySite;
  readonly model: Model;
  readonly conditions: readonly Condition[];
  readonly sort: SortOrder;
  readonly limited: boolean;
  /** Further conditions may come at run time. */
  readonly open: boolean;
  /** The foreign key rows are found by, when it is another table's row that asks for them. */
  readonly key: ForeignKey | null;
  readonly via: Lookup['via'];
  /** Other ways the database could begin: each the accesses it then makes. */
  readonly instead: readonly (readonly Access[])[];
}

interface Target {
  readonly site: QuerySite;
  readonly model: Model;
  readonly key: ForeignKey | null;
  readonly via: Lookup['via'];
  readonly sort: SortOrder;
  readonly limited: boolean;
}

/** The accesses a lookup comes down to: each branch of an `OR` is one, each related table another. */
export function accessesOf({ filter, ...target }: Lookup): readonly Access[] {
  return accessesOfFilter(target, filter, 0);
}

/** Relation filters inside each other that are followed. */
const MAX_DEPTH = 4;

function accessesOfFilter(target: Target, filter: Filter, depth: number): readonly Access[] {
  if (depth > MAX_DEPTH) return [];
  const { model, key, site } = target;
  const own = [...keyConditions(key), ...pinnedParents(filter), ...filter.conditions];
  const narrow = own.some((each) => isPinning(model, site.schema, each));
  const whole = {
    ...accessOf(target, own, narrow ? filter.open : mayFindRows(filter)),
    instead: narrow ? beginnings(target, own, filter, depth) : [],
  };
  const related = filter.related.map((each) => ({ ...relatedAccesses(target, each, narrow, depth), of: each }));
  const inRelated = related.flatMap((each) => each.accesses);
  if (narrow) return [whole, ...inRelated];
  if (related.some((each) => each.driving && !each.of.optional)) return inRelated;
  const branches = servableBranches(target, own, filter, depth);
  return branches.length > 0 ? [...branches, ...inRelated] : [whole, ...inRelated];
}

/** Demands that were not understood, branches of an `OR` among them, may be those by which the rows are found. */
function mayFindRows({ open, either }: Filter): boolean {
  return open || either.some((branches) => branches.length === 0 || branches.some((branch) => branch.open));
}

function accessOf(target: Target, conditions: readonly Condition[], open: boolean): Access {
  return { ...target, conditions, open, instead: [] };
}

/** Where else a narrowed lookup could begin: at related rows that are pinned for certain, or at every branch of an `OR`. */
function beginnings(target: Target, own: readonly Condition[], filter: Filter, depth: number): Access['instead'] {
  const related = filter.related
    .filter((each) => !each.optional)
    .map((each) => relatedAccesses(target, each, false, depth))
    .filter((each) => each.driving);
  return [...related.map((each) => each.accesses), servableBranches(target, own, filter, depth)];
}

/** A row of another table asks for the rows that hold its key. */
function keyConditions(key: ForeignKey | null): readonly Condition[] {
  return (key?.fields ?? []).map((field) => ({ field, comparison: 'equal', constant: false, optional: false }));
}

/** `where: { author: { id } }` pins the foreign key as `authorId` does. */
function pinnedParents({ related }: Filter): readonly Condition[] {
  return related.flatMap(({ relation, quantifier, filter, optional }) => {
    if (quantifier !== 'is' || relation.foreignKey.length === 0) return [];
    const pins = relation.references.map((name) =>
      filter.conditions.find(
        (each) => each.field === name && (each.comparison === 'equal' || each.comparison === 'in'),
      ),
    );
    return pins.flatMap((pin, at): Condition[] => {
      const field = relation.foreignKey[at];
      return pin && field ? [{ ...pin, field, optional: optional || pin.optional }] : [];
    });
  });
}

function isPinning(model: Model, schema: SchemaModel, condition: Condition): boolean {
  return !condition.optional && worthOf(model, schema.provider, condition) === 'key';
}

/** An `OR` is served only when every branch is: one that needs the whole table makes the others' indexes useless. */
function servableBranches(
  target: Target,
  own: readonly Condition[],
  { either, open }: Filter,
  depth: number,
): readonly Access[] {
  for (const branches of either) {
    const each = branches.map((branch) => branchAccesses(target, own, branch, open, depth));
    if (each.length > 0 && each.every((accesses) => accesses.length > 0)) return each.flat();
  }
  return [];
}

function branchAccesses(
  target: Target,
  own: readonly Condition[],
  branch: Filter,
  open: boolean,
  depth: number,
): readonly Access[] {
  const conditions = [...own, ...pinnedParents(branch), ...branch.conditions];
  if (conditions.some((each) => isPinning(target.model, target.site.schema, each)))
    return [{ ...accessOf(target, conditions, open || branch.open), sort: UNSORTED, limited: false }];
  return branch.related.flatMap((each) => relatedAccesses(target, each, false, depth).accesses);
}

/**
 * Where nothing else narrows the table itself, the database begins with the related rows that match and walks back by the foreign key;
 * where something does, it looks the related rows of each row up. The tables behind implicit many-to-many relations have their indexes.
 */
function relatedAccesses(
  { site, model: owner }: Target,
  { relation, model, quantifier, filter }: RelatedFilter,
  narrow: boolean,
  depth: number,
): RelatedAccesses {
  const target = { site, model, sort: UNSORTED, limited: false, via: 'children' } as const;
  const driving = (): readonly Access[] =>
    accessesOfFilter({ ...target, key: null }, filter, depth + 1).filter((each) =>
      each.conditions.some((one) => isPinning(each.model, site.schema, one)),
    );
  if (relation.foreignKey.length > 0) {
    const first = narrow || quantifier !== 'is' ? [] : driving();
    if (first.length === 0) return { accesses: [], driving: false };
    const key = { model: owner, relation, fields: relation.foreignKey };
    const back = accessOf({ ...target, model: owner, key }, keyConditions(key), false);
    return { accesses: [...first, back], driving: true };
  }
  const key = keyOfChildren(site.schema, owner, relation);
  if (quantifier === 'none' || quantifier === 'every') {
    const rows = key && narrow ? accessesOfFilter({ ...target, key }, NO_FILTER, depth + 1) : [];
    return { accesses: rows, driving: false };
  }
  if (!key) return { accesses: [], driving: false };
  const first = narrow ? [] : driving();
  if (first.length > 0) return { accesses: first, driving: true };
  return { accesses: accessesOfFilter({ ...target, key }, filter, depth + 1), driving: false };
}

interface RelatedAccesses {
  readonly accesses: readonly Access[];
  /** The database can begin there: few related rows match. */
  readonly driving: boolean;
}
