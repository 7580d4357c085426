import type { Model } from '#schema/schemaModel.ts';
import { objectKeys } from './objectKeys.ts';
import type { ProjectGraph, QuerySite, ResolvedValue } from './projectGraph.ts';
import { argument } from './queryArgs.ts';

/** How far a list query's `where` narrows it. */
export type FilterBound =
  /** At most as many rows as keys were given: a unique key, or a list of them. */
  | { readonly kind: 'keys' }
  /** Rows of one parent or of so many equalities; `fields` are what narrows. */
  | { readonly kind: 'narrowed'; readonly fields: readonly string[] }
  /** Nothing narrows it: no filter, or only flags and text search. */
  | { readonly kind: 'none' }
  /** The filter is made elsewhere. */
  | { readonly kind: 'unknown' };

/** Reads the filter of a query; a key that may be missing does not narrow. */
export function filterBound(graph: ProjectGraph, site: QuerySite): FilterBound {
  const where = argumentOrNull(graph, site);
  if (where === 'unknown') return { kind: 'unknown' };
  return where && site.model ? boundOfWhere(graph, site.model, where) : { kind: 'none' };
}

function argumentOrNull(graph: ProjectGraph, site: QuerySite): ResolvedValue | null | 'unknown' {
  if (!site.args) return null;
  const args = objectKeys(graph, { file: site.file, value: site.args });
  const where = args.keys.get('where');
  if (where) return where.values[0] ?? null;
  return args.open ? 'unknown' : argument(graph, site, 'where');
}

function boundOfWhere(graph: ProjectGraph, model: Model, where: ResolvedValue): FilterBound {
  const { keys, open } = objectKeys(graph, where);
  const fields: string[] = [];
  const pinned = new Set<string>();
  for (const [key, { values, optional }] of keys) {
    const [value] = values;
    if (optional || !value) continue;
    if (isCompoundKey(model, key)) return { kind: 'keys' };
    if (key === 'AND') mergeAnd(graph, model, value, fields, pinned);
    const branches = key === 'OR' ? branchBound(graph, model, value) : null;
    if (branches === 'keys') return { kind: 'keys' };
    if (branches === 'narrowed') fields.push('OR');
    const form = formOf(graph, model, key, value);
    if (form !== 'loose') fields.push(key);
    if (form === 'equals' || form === 'in') pinned.add(key);
  }
  if (isPinned(model, pinned)) return { kind: 'keys' };
  if (fields.length > 0) return { kind: 'narrowed', fields };
  return open ? { kind: 'unknown' } : { kind: 'none' };
}

function mergeAnd(
  graph: ProjectGraph,
  model: Model,
  value: ResolvedValue,
  fields: string[],
  pinned: Set<string>,
): void {
  const known = graph.resolve(value.file, value.value);
  const parts = known.value.kind === 'array' ? known.value.items : [known.value];
  for (const part of parts) {
    for (const [key, inner] of objectKeys(graph, { file: known.file, value: part }).keys) {
      const [first] = inner.values;
      if (inner.optional || !first) continue;
      const form = formOf(graph, model, key, first);
      if (form !== 'loose') fields.push(key);
      if (form === 'equals' || form === 'in') pinned.add(key);
    }
  }
}

/** What all branches of an `OR` do. */
function branchBound(graph: ProjectGraph, model: Model, given: ResolvedValue): 'keys' | 'narrowed' | null {
  const { file, value } = graph.resolve(given.file, given.value);
  if (value.kind !== 'array' || value.items.length === 0) return null;
  const kinds = value.items.map((item) => boundOfWhere(graph, model, { file, value: item }).kind);
  if (kinds.every((kind) => kind === 'keys')) return 'keys';
  return kinds.every((kind) => kind !== 'none') ? 'narrowed' : null;
}

/** `equals` and `in` pin a column, `narrow` cuts by a parent or a range, `loose` hardly cuts at all. */
type Form = 'equals' | 'in' | 'narrow' | 'loose';

function formOf(graph: ProjectGraph, model: Model, key: string, given: ResolvedValue): Form {
  const field = model.fields.get(key);
  if (!field) return 'loose';
  const { file, value } = graph.resolve(given.file, given.value);
  if (field.kind === 'relation')
    return !field.list || objectKeys(graph, { file, value }).keys.has('some') ? 'narrow' : 'loose';
  if (field.type === 'Boolean' || isNull(value)) return 'loose';
  if (value.kind !== 'object') return field.kind === 'enum' ? 'narrow' : 'equals';
  const operators = objectKeys(graph, { file, value }).keys;
  if (operators.has('in')) return field.kind === 'enum' ? 'narrow' : 'in';
  if (operators.has('equals')) return field.kind === 'enum' ? 'loose' : 'equals';
  const lower = operators.has('gte') || operators.has('gt');
  return lower && field.kind === 'scalar' ? 'narrow' : 'loose';
}

function isNull(value: ResolvedValue['value']): boolean {
  return (
    value.kind === 'undefined' ||
    (value.kind === 'literal' && (value.value === null || typeof value.value === 'boolean'))
  );
}

function isCompoundKey(model: Model, key: string): boolean {
  return model.indexes.some(
    (index) =>
      (index.kind === 'unique' || index.kind === 'id') &&
      index.fields.length > 1 &&
      (index.name === key || index.fields.map((field) => field.name).join('_') === key),
  );
}

function isPinned(model: Model, pinned: ReadonlySet<string>): boolean {
  return model.indexes.some(
    (index) =>
      (index.kind === 'unique' || index.kind === 'id') &&
      index.where === null &&
      index.fields.every((field) => pinned.has(field.name)),
  );
}
