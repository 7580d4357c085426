import { decisiveFields } from '#graph/foreignKeys.ts';
import { modelSize } from '#graph/modelSize.ts';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import { occasionOf } from '#graph/reach.ts';
import type { Condition } from '#graph/whereFilter.ts';
import { pinsUniqueKey, type QueryShape, type SortField, servesQuery } from '#schema/indexCoverage.ts';
import type { Index, Model, SchemaModel } from '#schema/schemaModel.ts';
import type { Severity } from '#shared/finding.ts';
import type { ProjectSettings } from '#shared/settings.ts';
import type { Access } from './accesses.ts';
import { isForeignKey, isIndexable, type Worth, worthOf } from './columns.ts';

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

/** Columns beyond this many narrow nothing any more. */
const MAX_EQUAL = 3;

interface Shape {
  readonly keys: readonly string[];
  readonly flags: readonly string[];
  readonly switches: readonly string[];
  readonly maybe: readonly string[];
  readonly ranges: readonly string[];
  /** Pinned by a list of values, behind which no order holds. */
  readonly lists: ReadonlySet<string>;
  readonly sort: readonly SortField[];
  readonly constants: NonNullable<QueryShape['constants']>;
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

function shapeOf({ model, site, conditions, sort, limited }: Access): Shape {
  const { provider } = site.schema;
  const worths = conditions.map((each) => ({ ...each, worth: worthOf(model, provider, each) }));
  const certain = worths.filter((each) => !each.optional);
  const named = (worth: Worth) => unique(certain.filter((each) => each.worth === worth).map((each) => each.field));
  const keys = named('key');
  return {
    keys,
    flags: named('flag').filter((name) => !keys.includes(name)),
    switches: named('switch'),
    maybe: unique(worths.filter((each) => each.optional && each.worth === 'key').map((each) => each.field)),
    ranges: unique(certain.filter((each) => each.comparison === 'range').map((each) => each.field)).filter((name) =>
      isIndexable(model, provider, name),
    ),
    lists: new Set(certain.filter((each) => each.comparison === 'in').map((each) => each.field)),
    sort: limited && sort.plain ? sortFields(sort.keys, conditions) : [],
    constants: constantsOf(certain),
  };
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

function sortFields(keys: Access['sort']['keys'], conditions: readonly Condition[]): readonly SortField[] {
  const fixed = new Set(
    conditions.filter((each) => !each.optional && each.comparison === 'equal').map((each) => each.field),
  );
  return keys
    .filter(({ field }) => !fixed.has(field))
    .map(({ field, direction }) => ({ field, direction: direction ?? 'asc' }));
}

function constantsOf(conditions: readonly Condition[]): Shape['constants'] {
  return Object.fromEntries(
    conditions.flatMap(({ field, value }) => (value === undefined ? [] : [[field, value] as const])),
  );
}

/** The model's indexes, with those MySQL makes by itself for foreign keys. */
function indexesOf({ model, site }: Access): readonly Index[] {
  if (site.schema.provider !== 'mysql' || site.schema.relationMode === 'prisma') return model.indexes;
  const made: Index[] = [];
  for (const field of model.fields.values()) {
    if (field.kind !== 'relation' || field.foreignKey.length === 0) continue;
    const fields = field.foreignKey.map(
      (name) => ({ name, sort: 'asc', expression: false, operatorClass: null }) as const,
    );
    made.push({ kind: 'index', name: null, fields, method: 'btree', where: null, from: 'database', at: null });
  }
  return [...model.indexes, ...made];
}

/** How far an index serves whose leading columns hold a key: one that begins with flags only narrows too little. */
function servedByKey(model: Model, access: Access, shape: Shape) {
  const { provider } = access.site.schema;
  const all = [...shape.keys, ...shape.flags, ...shape.switches];
  const withKey = { ...model, indexes: model.indexes.filter((index) => beginsWithKey(index, all, access, shape)) };
  const ask = (equality: readonly string[]) =>
    servesQuery(
      withKey,
      { equality, range: shape.ranges, sort: shape.sort, take: shape.sort.length > 0, constants: shape.constants },
      provider,
    );
  const exact = ask(all);
  if (exact.level !== 'prefix') return exact;
  const withoutSwitches = ask([...shape.keys, ...shape.flags]);
  return withoutSwitches.level === 'full' ? withoutSwitches : exact;
}

function beginsWithKey(index: Index, pinned: readonly string[], { key, site }: Access, { keys }: Shape): boolean {
  const names = index.fields.map((field) => (field.expression ? '' : field.name));
  const end = names.findIndex((name) => !pinned.includes(name));
  const used = end === -1 ? names : names.slice(0, end);
  if (key && keys.length === key.fields.length)
    return decisiveFields(site.schema, key).every((name) => used.includes(name));
  return used.some((name) => keys.includes(name));
}

/** Equality first, then the order if only its first rows are wanted, else one range. */
function groupsOf(access: Access, shape: Shape): Demand['groups'] {
  const [equal, lists] = split([...keysInOrder(access, shape), ...shape.flags].slice(0, MAX_EQUAL), shape.lists);
  const sort = sortRun(access, shape);
  const led = equal.some((name) => shape.keys.includes(name));
  if (sort.length > 0 && led) return [equal, ...sort.map((name) => [name])];
  return [[...equal, ...lists], shape.ranges.slice(0, 1)];
}

/** The key by which a relation is walked comes first, then the other foreign keys. */
function keysInOrder({ model, key }: Access, { keys }: Shape): readonly string[] {
  const rank = (name: string) => (key?.fields.includes(name) ? 0 : isForeignKey(model, name) ? 1 : 2);
  return [...keys].sort((a, b) => rank(a) - rank(b));
}

function split(names: readonly string[], lists: ReadonlySet<string>): [string[], string[]] {
  return [names.filter((name) => !lists.has(name)), names.filter((name) => lists.has(name))];
}

/** As much of the order as one index can follow, two columns at most. */
function sortRun({ model, site }: Access, { sort }: Shape): readonly string[] {
  const end = sort.findIndex(
    ({ field, direction }) => direction !== sort[0]?.direction || !isIndexable(model, site.schema.provider, field),
  );
  return (end === -1 ? sort : sort.slice(0, end)).slice(0, 2).map(({ field }) => field);
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
  const groups = [flags, ...tail.map((name) => [name])];
  return [demand(access, sort.length > 0 ? 'sort' : 'range', groups, 'info')];
}

function hasFewValues(model: Model, name: string | undefined): boolean {
  const field = model.fields.get(name ?? '');
  return field?.kind === 'enum' || field?.type === 'Boolean';
}

function plainShape(equality: readonly string[]): QueryShape {
  return { equality, range: [], sort: [], take: false };
}

/** An index begins with the order or the bounds, after columns that are pinned anyway. */
function isServed(model: Model, shape: Shape, tail: readonly string[]): boolean {
  const passed = [...shape.flags, ...shape.switches, ...shape.maybe];
  return model.indexes.some((index) => {
    const names = index.fields.map((field) => (field.expression ? '' : field.name));
    return index.where === null && names.find((name) => !passed.includes(name)) === tail[0];
  });
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
  if (ordered && !selective && (found.length > 1 || followsOrder(held, shape))) return [];
  const severity = ordered && growing && shape.keys.length === 1 ? 'info' : 'hint';
  return [{ ...demand(access, 'composite', groups, severity, behind), selective }];
}

/** Behind the columns that are pinned the index goes on in the order asked for: what is left is filtered on the way. */
function followsOrder(held: readonly string[], { keys, flags, switches, sort }: Shape): boolean {
  const next = held.find((name) => ![...keys, ...flags, ...switches].includes(name));
  return next !== undefined && next === sort[0]?.field;
}
