import type { Field, Model, RelationField, SchemaModel } from '#schema/schemaModel.ts';
import type { Value } from '#syntax/values.ts';
import { objectKeys } from '../objectKeys.ts';
import type { ProjectGraph, ResolvedValue } from '../projectGraph.ts';
import { type ColumnComparison, comparisonOf } from './comparison.ts';
import { possibleValues } from './possibleValues.ts';

/** One demand on one column. */
export interface Condition extends Omit<ColumnComparison, 'missing'> {
  readonly field: string;
  /** It may be missing at run time. */
  readonly optional: boolean;
}

/** A demand on related rows. */
export interface RelatedFilter {
  readonly relation: RelationField;
  readonly model: Model;
  readonly quantifier: 'is' | 'some' | 'every' | 'none';
  readonly filter: Filter;
  readonly optional: boolean;
}

/** What a `where` demands of one model's rows, all of it at once. */
export interface Filter {
  readonly conditions: readonly Condition[];
  /** Each `OR` with its branches: one of them must hold. */
  readonly either: readonly (readonly Filter[])[];
  readonly related: readonly RelatedFilter[];
  /** There may be demands that were not understood. */
  readonly open: boolean;
}

/** Every row. */
export const NO_FILTER: Filter = { conditions: [], either: [], related: [], open: false };

interface Draft {
  readonly conditions: Condition[];
  readonly either: (readonly Filter[])[];
  readonly related: RelatedFilter[];
  open: boolean;
}

interface Reading {
  readonly graph: ProjectGraph;
  readonly schema: SchemaModel;
}

/** Whole objects a spread may choose from. */
const MAX_ALTERNATIVES = 3;

/** Relations, `AND`s and `OR`s inside each other that are followed. */
const MAX_DEPTH = 5;

/** The filters a `where` may turn out to be: more than one where the code chooses between whole objects. */
export function readFilters(
  graph: ProjectGraph,
  schema: SchemaModel,
  model: Model,
  where: ResolvedValue | null,
): readonly Filter[] {
  return where ? filtersOf({ graph, schema }, model, where, 0) : [NO_FILTER];
}

function filtersOf(reading: Reading, model: Model, where: ResolvedValue, depth: number): readonly Filter[] {
  const { values, open } = possibleValues(reading.graph, where);
  const filters = values
    .flatMap((value) => spreadAlternatives(reading.graph, value))
    .map((value) => filterOf(reading, model, value, depth));
  return open && filters.length === 0 ? [{ ...NO_FILTER, open: true }] : filters;
}

/** `{ slug, ...(user ? { userId } : { clientId }) }` is two filters; what is spread or left out stays an optional part of one. */
function spreadAlternatives(graph: ProjectGraph, from: ResolvedValue, depth = 0): readonly ResolvedValue[] {
  const { file, value } = from;
  if (value.kind !== 'object' || depth > 1) return [from];
  for (const [at, property] of value.properties.entries()) {
    if (property.kind !== 'spread') continue;
    const { values, open } = possibleValues(graph, { file, value: property.value });
    const allWritten = values.every((each) => each.file === file && isFilled(each.value));
    if (open || !allWritten || values.length < 2 || values.length > MAX_ALTERNATIVES) continue;
    return values.flatMap((option) => {
      const properties = value.properties.with(at, { ...property, value: option.value });
      return spreadAlternatives(graph, { file, value: { ...value, properties } }, depth + 1);
    });
  }
  return [from];
}

function isFilled(value: Value): boolean {
  return value.kind === 'object' && value.properties.length > 0;
}

function filterOf(reading: Reading, model: Model, value: ResolvedValue, depth: number): Filter {
  const draft: Draft = { conditions: [], either: [], related: [], open: false };
  collect(reading, model, value, false, draft, depth);
  return draft;
}

function collect(
  reading: Reading,
  model: Model,
  value: ResolvedValue,
  optional: boolean,
  draft: Draft,
  depth: number,
): void {
  const { keys, open } = objectKeys(reading.graph, value);
  draft.open ||= open || depth > MAX_DEPTH;
  if (depth > MAX_DEPTH) return;
  for (const [key, { values, optional: missing }] of keys) {
    const maybe = optional || missing;
    for (const [index, each] of values.entries())
      collectKey(reading, model, key, each, maybe || index > 0, draft, depth);
  }
}

function collectKey(
  reading: Reading,
  model: Model,
  key: string,
  value: ResolvedValue,
  optional: boolean,
  draft: Draft,
  depth: number,
): void {
  const field = model.fields.get(key);
  if (field?.kind === 'relation') collectRelated(reading, field, value, optional, draft, depth);
  else if (field) collectCondition(reading.graph, field, value, optional, draft);
  else if (key === 'AND') collectAll(reading, model, value, optional, draft, depth);
  else if (key === 'OR') draft.either.push(branchesOf(reading, model, value, depth));
  else if (key !== 'NOT') collectCompound(reading, model, value, optional, draft);
}

function collectCondition(
  graph: ProjectGraph,
  field: Field,
  value: ResolvedValue,
  optional: boolean,
  draft: Draft,
): void {
  for (const { missing, ...found } of comparisonOf(graph, field, value)) {
    const known = draft.conditions.some(
      (each) => each.field === field.name && each.comparison === found.comparison && !each.optional,
    );
    if (!known) draft.conditions.push({ ...found, field: field.name, optional: optional || missing });
  }
}

/** `{ tenantId_slug: { tenantId, slug } }` pins each field it names. */
function collectCompound(reading: Reading, model: Model, value: ResolvedValue, optional: boolean, draft: Draft): void {
  for (const [key, inner] of objectKeys(reading.graph, value).keys) {
    const field = model.fields.get(key);
    const [first] = inner.values;
    if (field && field.kind !== 'relation' && first) collectCondition(reading.graph, field, first, optional, draft);
  }
}

/** `AND` takes one filter or a list of them. */
function collectAll(
  reading: Reading,
  model: Model,
  value: ResolvedValue,
  optional: boolean,
  draft: Draft,
  depth: number,
): void {
  const { items, open } = itemsOf(reading.graph, value);
  draft.open ||= open;
  for (const item of items) collect(reading, model, item.value, optional || item.optional, draft, depth + 1);
}

function branchesOf(reading: Reading, model: Model, value: ResolvedValue, depth: number): readonly Filter[] {
  const { items, open } = itemsOf(reading.graph, value);
  const branches = items.flatMap((item) => filtersOf(reading, model, item.value, depth + 1));
  return open ? [...branches, { ...NO_FILTER, open: true }] : branches;
}

function collectRelated(
  reading: Reading,
  relation: RelationField,
  value: ResolvedValue,
  optional: boolean,
  draft: Draft,
  depth: number,
): void {
  const model = reading.schema.models.get(relation.type);
  if (!model) return;
  const { keys } = objectKeys(reading.graph, value);
  const quantified = [...keys].filter(([key]) => /^(some|every|none|is)$/.test(key) && !model.fields.has(key));
  if (quantified.length === 0) {
    if (relation.list || keys.size === 0 || keys.has('isNot')) return;
    add('is', value);
  }
  for (const [key, { values }] of quantified) if (values[0]) add(key as RelatedFilter['quantifier'], values[0]);

  function add(quantifier: RelatedFilter['quantifier'], inner: ResolvedValue): void {
    if (!model) return;
    for (const filter of filtersOf(reading, model, inner, depth + 1))
      draft.related.push({ relation, model, quantifier, filter, optional });
  }
}

interface Items {
  readonly items: readonly { readonly value: ResolvedValue; readonly optional: boolean }[];
  readonly open: boolean;
}

/** The elements of a list of filters, or the one filter that stands in its place. */
function itemsOf(graph: ProjectGraph, from: ResolvedValue, optional = false, depth = 0): Items {
  const { values, open } = possibleValues(graph, from);
  const several = optional || values.length > 1;
  const each = values.map((value) => itemsOfValue(graph, value, several, depth));
  return { items: each.flatMap((one) => one.items), open: open || each.some((one) => one.open) };
}

function itemsOfValue(graph: ProjectGraph, from: ResolvedValue, optional: boolean, depth: number): Items {
  const { file, value } = graph.resolve(from.file, from.value);
  if (value.kind === 'undefined' || value.kind === 'literal') return { items: [], open: false };
  if (value.kind === 'object') return { items: [{ value: from, optional }], open: false };
  if (value.kind !== 'array' || depth > MAX_DEPTH) return { items: [], open: true };
  const each = value.items.map((item) => {
    const spread = item.kind === 'spread';
    return itemsOf(graph, { file, value: spread ? item.value : item }, optional, depth + 1);
  });
  return { items: each.flatMap((one) => one.items), open: each.some((one) => one.open) };
}
