import type { Model, ScalarField, SchemaModel } from '#schema/schemaModel.ts';
import type { Span } from '#shared/location.ts';
import { objectKeys } from './objectKeys.ts';
import type { ProjectGraph, QuerySite, ResolvedValue } from './projectGraph.ts';

/** What a query brings back of one model: its columns and, below them, related rows. */
export interface FetchedShape {
  readonly model: Model;
  readonly columns: readonly FetchedColumn[];
  readonly relations: readonly FetchedRelation[];
  /** A `select` names the columns; otherwise all of them come. */
  readonly selected: boolean;
}

/** A column that a query brings. */
export interface FetchedColumn {
  readonly field: ScalarField;
  /** The `select` entry that asks for it, null when it comes with all the others. */
  readonly asked: { readonly file: string; readonly span: Span } | null;
}

/** Related rows that a query brings along. */
export interface FetchedRelation {
  readonly name: string;
  readonly list: boolean;
  /** The `include` or `select` entry's value. */
  readonly asked: { readonly file: string; readonly span: Span };
  readonly shape: FetchedShape;
}

/** The shape a read gives, or null when its arguments are not fully understood. */
export function fetchedShape(graph: ProjectGraph, site: QuerySite): FetchedShape | null {
  if (!site.model) return null;
  return shapeOf(graph, site.schema, site.model, site.args ? { file: site.file, value: site.args } : null, 0);
}

function shapeOf(
  graph: ProjectGraph,
  schema: SchemaModel,
  model: Model,
  args: ResolvedValue | null,
  depth: number,
): FetchedShape | null {
  const given = objectKeys(graph, args);
  if (given.open || depth > 6) return null;
  const select = given.keys.get('select');
  const include = given.keys.get('include');
  const omit = given.keys.get('omit');
  const asked = select ?? include;
  if (asked && (asked.optional || asked.values.length !== 1)) return null;
  const entries = objectKeys(graph, asked?.values[0] ?? null);
  if (entries.open) return null;
  const relations = relationsOf(graph, schema, model, entries, depth);
  if (!relations) return null;
  const columns = select ? selectedColumns(graph, model, entries) : allColumns(graph, model, omit?.values[0] ?? null);
  return columns && { model, columns, relations, selected: select !== undefined };
}

type Entries = ReturnType<typeof objectKeys>;

function relationsOf(
  graph: ProjectGraph,
  schema: SchemaModel,
  model: Model,
  entries: Entries,
  depth: number,
): FetchedRelation[] | null {
  const relations: FetchedRelation[] = [];
  for (const [name, { values, optional }] of entries.keys) {
    const field = model.fields.get(name);
    const [value] = values;
    if (field?.kind !== 'relation' || !value) continue;
    const flag = flagOf(graph, value);
    if (flag === false) continue;
    const related = schema.models.get(field.type);
    if (!related || optional || values.length !== 1) return null;
    const shape = shapeOf(graph, schema, related, flag ? null : value, depth + 1);
    if (!shape) return null;
    relations.push({ name, list: field.list, asked: { file: value.file, span: value.value.span }, shape });
  }
  return relations;
}

function selectedColumns(graph: ProjectGraph, model: Model, entries: Entries): FetchedColumn[] {
  const columns: FetchedColumn[] = [];
  for (const [name, { values }] of entries.keys) {
    const field = model.fields.get(name);
    const [value] = values;
    if (!field || field.kind === 'relation' || !value || flagOf(graph, value) === false) continue;
    columns.push({ field, asked: { file: value.file, span: value.value.span } });
  }
  return columns;
}

function allColumns(graph: ProjectGraph, model: Model, omit: ResolvedValue | null): FetchedColumn[] | null {
  const omitted = objectKeys(graph, omit);
  if (omitted.open) return null;
  const columns: FetchedColumn[] = [];
  for (const field of model.fields.values()) {
    if (field.kind !== 'relation' && !omitted.keys.has(field.name)) columns.push({ field, asked: null });
  }
  return columns;
}

/** `true` or `false` where an entry is a flag, null where it is an object or not known. */
function flagOf(graph: ProjectGraph, given: ResolvedValue): boolean | null {
  const { value } = graph.resolve(given.file, given.value);
  if (value.kind === 'undefined') return false;
  return value.kind === 'literal' && typeof value.value === 'boolean' ? value.value : null;
}
