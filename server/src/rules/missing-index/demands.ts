import { modelSize } from '#graph/modelSize.ts';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import { occasionOf } from '#graph/reach.ts';
import { pinsUniqueKey, type QueryShape, servesQuery } from '#schema/indexCoverage.ts';
import type { Index, Model, SchemaModel } from '#schema/schemaModel.ts';
import type { Severity } from '#shared/finding.ts';
import type { ProjectSettings } from '#shared/settings.ts';
import type { Access } from './accesses.ts';
import { isForeignKey } from './columns.ts';
import { followsOrder, indexesOf, isServed, servedByKey } from './served.ts';
import { groupsOf, namedSort, type Shape, shapeOf, sortRun } from './shape.ts';

/**
 * What is missing: `key` a foreign key no index begins with, `filter` a looked-up column without index, `sort` and `range` an order or
 * bounds over a whole table, `composite` more columns behind those an index has, `maybe` a column the code filters by now and then.
 */
export type DemandKind = 'key' | 'filter' | 'sort' | 'range' | 'composite' | 'maybe';

/** An index one access would need: groups of columns in order, free to be turned within a group. */
export interface Demand {
  readonly kind: DemandKind;
  readonly model: Model;
  readonly schema: SchemaModel;
  readonly groups: readonly (readonly string[])[];
  readonly severity: Severity;
  readonly access: Access;
  /** The index that narrows already. */
  readonly behind: Index | null;
  /** Behind that index a column is left that takes many values. */
  readonly selective: boolean;
}

/** What an access lacks; empty when an index serves it or none would pay. */
export function demandsOf(graph: ProjectGraph, project: ProjectSettings, access: Access): readonly Demand[] {
  if (access.model.view) return [];
  const size = modelSize(graph, access.model, project);
  if (size === 'small' && (project.models[access.model.name] || !access.key)) return [];
  const shape = shapeOf(access);
  const pinned = [...shape.keys, ...shape.flags, ...shape.switches];
  if (pinsUniqueKey(access.model, pinned, shape.constants)) return [];
  const indexes = { ...access.model, indexes: indexesOf(access) };
  if (shape.keys.length === 0) return withoutKey(access, shape, indexes, size === 'growing');
  const { level, index } = servedByKey(indexes, access, shape);
  const occasion = occasionOf(graph, access.site.function.id);
  if (level === 'none' && canBegin(graph, project, access.instead)) return [];
  if (level === 'none') return [demand(access, freshKind(access, shape), groupsOf(access, shape), freshSeverity())];
  return level === 'prefix' ? composite(access, shape, index, size === 'growing') : [];

  function freshSeverity(): Severity {
    if (size === 'small') return 'hint';
    if (access.via === 'delete') return size === 'growing' ? 'info' : 'hint';
    if (occasion === 'job') return 'info';
    if (access.open) return 'hint';
    if (isKeyed(access, shape)) return 'warning';
    return size === 'growing' && occasion === 'request' ? 'warning' : 'info';
  }
}

/** Every step of some other way in is served by an index. */
function canBegin(graph: ProjectGraph, project: ProjectSettings, instead: Access['instead']): boolean {
  return instead.some((way) => {
    const lacking = way.flatMap((each) => demandsOf(graph, project, each));
    return way.length > 0 && lacking.every((each) => each.kind === 'composite');
  });
}

function demand(
  access: Access,
  kind: DemandKind,
  groups: Demand['groups'],
  severity: Severity,
  behind: Index | null = null,
): Demand {
  const { model, site } = access;
  const filled = groups.filter((group) => group.length > 0);
  return { kind, model, schema: site.schema, groups: filled, severity, access, behind, selective: true };
}

function freshKind(access: Access, shape: Shape): DemandKind {
  return isKeyed(access, shape) ? 'key' : 'filter';
}

/** Found by a foreign key: the walk of a relation, or the same columns in a filter. */
function isKeyed(access: Access, shape: Shape): boolean {
  return access.key !== null || shape.keys.some((name) => isForeignKey(access.model, name));
}

/** Only an order, bounds or flags: worth an index where the table grows and nothing else may narrow it at run time. */
function withoutKey(access: Access, shape: Shape, indexes: Model, growing: boolean): readonly Demand[] {
  if (!growing) return [];
  const { provider } = access.site.schema;
  const maybe = shape.maybe
    .filter((name) => servesQuery(indexes, plainShape([name]), provider).level === 'none')
    .map((name) => demand(access, 'maybe', [[name]], isForeignKey(access.model, name) ? 'info' : 'hint'));
  if (maybe.length > 0 || access.open) return maybe;
  const flags = shape.flags.filter((name) => !shape.lists.has(name)).slice(0, 2);
  const sort = sortRun(access, shape);
  const tail = sort.length > 0 ? sort : shape.ranges.slice(0, 1);
  if (hasFewValues(access.model, tail[0])) return [];
  if (tail.length === 0 || isServed(indexes, shape, tail)) return [];
  const named = sort.length > 0 ? namedSort(access, tail) : tail;
  const groups = [flags, ...named.map((name) => [name])];
  return [demand(access, sort.length > 0 ? 'sort' : 'range', groups, 'info')];
}

function hasFewValues(model: Model, name: string | undefined): boolean {
  const field = model.fields.get(name ?? '');
  return field?.kind === 'enum' || field?.type === 'Boolean';
}

function plainShape(equality: readonly string[]): QueryShape {
  return { equality, range: [], sort: [], take: false };
}

/** An index narrows, the rest is filtered or sorted row by row. */
function composite(access: Access, shape: Shape, behind: Index | null, growing: boolean): readonly Demand[] {
  if (behind === null || access.via === 'delete') return [];
  const groups = groupsOf(access, shape);
  const ordered = groups.length > 1 && shape.sort.length > 0;
  if (groups.flat().length < 2 || (!ordered && (!growing || access.via !== 'query'))) return [];
  const held = behind.fields.map((field) => field.name);
  const found = shape.keys.filter((name) => held.includes(name));
  const selective = found.length < shape.keys.length;
  if (
    ordered &&
    !selective &&
    (found.length > 1 || indexesOf(access).some((each) => followsOrder(access.model, each, shape)))
  )
    return [];
  const severity = ordered && growing && shape.keys.length === 1 ? 'info' : 'hint';
  return [{ ...demand(access, 'composite', groups, severity, behind), selective }];
}
