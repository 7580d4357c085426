import type { Condition } from '#graph/lookups/whereFilter.ts';
import { impliedFields, type QueryShape, type SortField } from '#schema/indexCoverage.ts';
import type { Access } from './accesses.ts';
import { isForeignKey, isIndexable, type Worth, worthOf } from './columns.ts';

/** Columns beyond this many narrow nothing any more. */
const MAX_EQUAL = 3;

/** The columns of an access by what they are worth to an index. */
export interface Shape {
  readonly keys: readonly string[];
  readonly flags: readonly string[];
  readonly switches: readonly string[];
  /** Keys that may be missing at run time. */
  readonly maybe: readonly string[];
  readonly ranges: readonly string[];
  /** Pinned by a list of values, behind which no order holds. */
  readonly lists: ReadonlySet<string>;
  readonly sort: readonly SortField[];
  readonly constants: NonNullable<QueryShape['constants']>;
}

/** Sorts the conditions of an access; only what is there for certain counts, but for `maybe`. */
export function shapeOf({ model, site, conditions, sort, limited }: Access): Shape {
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

/** Equality first, then the order if only its first rows are wanted, else one range. */
export function groupsOf(access: Access, shape: Shape): readonly (readonly string[])[] {
  const [equal, lists] = split([...keysInOrder(access, shape), ...shape.flags].slice(0, MAX_EQUAL), shape.lists);
  const sort = sortRun(access, shape);
  const led = equal.some((name) => shape.keys.includes(name));
  if (sort.length > 0 && led) return [equal, ...namedSort(access, sort).map((name) => [name])];
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
export function sortRun({ model, site }: Access, { sort }: Shape): readonly string[] {
  const end = sort.findIndex(
    ({ field, direction }) => direction !== sort[0]?.direction || !isIndexable(model, site.schema.provider, field),
  );
  return (end === -1 ? sort : sort.slice(0, end)).slice(0, 2).map(({ field }) => field);
}

/** The part of an order that an index has to name: what it ends with anyway orders the rest. */
export function namedSort({ model, site }: Access, sort: readonly string[]): readonly string[] {
  const implied = impliedFields(model, site.schema.provider);
  const isImplied = (rest: readonly string[]) => rest.every((name, at) => implied[at]?.name === name);
  const end = sort.findIndex((_, at) => isImplied(sort.slice(at)));
  return end === -1 ? sort : sort.slice(0, end);
}
