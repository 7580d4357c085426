import type { Model } from '#schema/schemaModel.ts';
import { possibleValues } from './lookups/possibleValues.ts';
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
  return where && site.model ? boundOfWhere(graph, site.model, where, 0) : { kind: 'none' };
}

function argumentOrNull(graph: ProjectGraph, site: QuerySite): ResolvedValue | null | 'unknown' {
  if (!site.args) return null;
  const args = objectKeys(graph, { file: site.file, value: site.args });
  const where = args.keys.get('where');
  if (where) return where.values[0] ?? null;
  return args.open ? 'unknown' : argument(graph, site, 'where');
}

/** Filters inside each other that are followed; `where = { ...where, id }` has no end. */
const MAX_DEPTH = 8;

/** Whatever the filter turns out to be, it bounds no better than its weakest form. */
function boundOfWhere(graph: ProjectGraph, model: Model, where: ResolvedValue, depth: number): FilterBound {
  if (depth > MAX_DEPTH) return UNKNOWN;
  const { values, open } = possibleValues(graph, where);
  const bounds = values.map((value) => boundOfObject(graph, model, value, depth));
  return weakest(open ? [...bounds, { kind: 'unknown' }] : bounds);
}

function weakest(bounds: readonly FilterBound[]): FilterBound {
  for (const kind of ['none', 'unknown'] as const) if (bounds.some((bound) => bound.kind === kind)) return { kind };
  const fields = bounds.flatMap((bound) => (bound.kind === 'narrowed' ? bound.fields : []));
  return fields.length > 0 ? { kind: 'narrowed', fields: [...new Set(fields)] } : { kind: 'keys' };
}

function boundOfObject(graph: ProjectGraph, model: Model, where: ResolvedValue, depth: number): FilterBound {
  const { keys, open } = objectKeys(graph, where);
  const fields: string[] = [];
  const pinned = new Set<string>();
  let unknown = open;
  for (const [key, { values, optional }] of keys) {
    const [value] = values;
    if (optional || !value) continue;
    if (isCompoundKey(model, key)) return { kind: 'keys' };
    const inner =
      key === 'AND'
        ? boundOfAll(graph, model, value, depth)
        : key === 'OR'
          ? boundOfAny(graph, model, value, depth)
          : null;
    if (inner?.kind === 'keys') return inner;
    if (inner?.kind === 'narrowed') fields.push(...(key === 'OR' ? ['OR'] : inner.fields));
    unknown ||= inner?.kind === 'unknown';
    const form = formOf(graph, model, key, value);
    if (form !== 'loose') fields.push(key);
    if (form === 'equals' || form === 'in' || (form === 'narrow' && isOneOfAnEnum(graph, model, key, value)))
      pinned.add(key);
  }
  const spread = spreadBounds(graph, model, where, depth);
  if (isPinned(model, pinned) || spread.some((bound) => bound.kind === 'keys')) return { kind: 'keys' };
  fields.push(...spread.flatMap((bound) => (bound.kind === 'narrowed' ? bound.fields : [])));
  if (fields.length > 0) return { kind: 'narrowed', fields: [...new Set(fields)] };
  return unknown ? { kind: 'unknown' } : { kind: 'none' };
}

/** `...(id ? { id } : { email })`: neither key is certain, yet one of them is there. */
function spreadBounds(graph: ProjectGraph, model: Model, where: ResolvedValue, depth: number): readonly FilterBound[] {
  const { file, value } = graph.resolve(where.file, where.value);
  if (value.kind !== 'object') return [];
  return value.properties.flatMap((each) =>
    each.kind === 'spread' ? [boundOfWhere(graph, model, { file, value: each.value }, depth + 1)] : [],
  );
}

/** `AND`: the strongest part counts. */
function boundOfAll(graph: ProjectGraph, model: Model, given: ResolvedValue, depth: number): FilterBound {
  const bounds = partsOf(graph, given).map((part) => (part ? boundOfWhere(graph, model, part, depth + 1) : UNKNOWN));
  if (bounds.some((bound) => bound.kind === 'keys')) return { kind: 'keys' };
  const fields = bounds.flatMap((bound) => (bound.kind === 'narrowed' ? bound.fields : []));
  if (fields.length > 0) return { kind: 'narrowed', fields };
  return bounds.some((bound) => bound.kind === 'unknown') ? UNKNOWN : { kind: 'none' };
}

/** `OR`: the weakest branch counts; without a branch nothing is found. */
function boundOfAny(graph: ProjectGraph, model: Model, given: ResolvedValue, depth: number): FilterBound {
  return weakest(partsOf(graph, given).map((part) => (part ? boundOfWhere(graph, model, part, depth + 1) : UNKNOWN)));
}

const UNKNOWN: FilterBound = { kind: 'unknown' };

/** The filters of a list, those pushed later and those a `map` makes included; null for one that is not understood. */
function partsOf(graph: ProjectGraph, given: ResolvedValue): readonly (ResolvedValue | null)[] {
  const { file, value } = graph.resolve(given.file, given.value);
  if (value.kind === 'call') return [mappedTo(graph, file, value.call)];
  if (value.kind === 'reference' && value.to.root.kind === 'call' && value.to.path.length === 0)
    return [mappedTo(graph, file, value.to.root.call)];
  if (value.kind !== 'array') return [{ file, value }];
  const variable =
    given.value.kind === 'reference' && given.value.to.root.kind === 'variable'
      ? graph.files.get(given.file)?.variables[given.value.to.root.variable]
      : undefined;
  const pushed = (variable?.writes ?? []).map((write) => write.value);
  return [...value.items, ...pushed].map((item) => (item.kind === 'spread' ? null : { file, value: item }));
}

/** `rows.map((row) => ({ id: row.id }))`: one filter an element. */
function mappedTo(graph: ProjectGraph, file: string, index: number): ResolvedValue | null {
  const facts = graph.files.get(file);
  const call = facts?.calls[index];
  const [callback] = call?.arguments ?? [];
  if (call?.callee.path.at(-1) !== 'map' || callback?.kind !== 'function') return null;
  const [value] = facts?.functions[callback.function]?.returns ?? [];
  return value ? { file, value } : null;
}

/** `equals` and `in` pin a column, `narrow` cuts by a parent or a range, `loose` hardly cuts at all. */
type Form = 'equals' | 'in' | 'narrow' | 'loose';

function formOf(graph: ProjectGraph, model: Model, key: string, given: ResolvedValue): Form {
  const field = model.fields.get(key);
  if (!field) return /^(AND|OR|NOT)$/.test(key) ? 'loose' : 'narrow';
  const { file, value } = graph.resolve(given.file, given.value);
  if (field.kind === 'relation')
    return !field.list || objectKeys(graph, { file, value }).keys.has('some') ? 'narrow' : 'loose';
  if (field.type === 'Boolean') return FEW.test(key) && !isFalse(value) ? 'narrow' : 'loose';
  if (isNull(value)) return 'loose';
  if (value.kind !== 'object') return field.kind === 'enum' ? 'narrow' : 'equals';
  const operators = objectKeys(graph, { file, value }).keys;
  if (operators.has('in')) return field.kind === 'enum' ? 'narrow' : 'in';
  if (operators.has('equals')) return field.kind === 'enum' ? 'loose' : 'equals';
  const lower = operators.has('gte') || operators.has('gt');
  return lower && field.kind === 'scalar' ? 'narrow' : 'loose';
}

/** By itself it hardly narrows; as part of a unique key it pins. */
function isOneOfAnEnum(graph: ProjectGraph, model: Model, key: string, given: ResolvedValue): boolean {
  return model.fields.get(key)?.kind === 'enum' && graph.resolve(given.file, given.value).value.kind !== 'object';
}

/** Flags that few rows carry. */
const FEW = /(admin|moderator|owner|default|primary|featured|pinned|sticky|current)$/i;

function isFalse(value: ResolvedValue['value']): boolean {
  return value.kind === 'object' || (value.kind === 'literal' && value.value !== true);
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
      (index.alias === key || index.fields.map((field) => field.name).join('_') === key),
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
