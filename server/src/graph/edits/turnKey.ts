import type { Model, ScalarField } from '#schema/schemaModel.ts';
import type { Span } from '#shared/location.ts';
import type { Property, Value } from '#syntax/values.ts';
import type { ObjectValue } from '../argumentEdits.ts';
import { isInside } from '../places.ts';
import type { ProjectGraph } from '../projectGraph.ts';
import { carried, type Piece } from './draft.ts';
import { keyList } from './keyList.ts';
import type { Replacement } from './source.ts';
import { elementPath, type Turn } from './turn.ts';

/** The one condition of a query that the loop's element decides, and how to ask it for the whole list. */
export interface TurnKey {
  readonly field: ScalarField;
  /** As names with dots: `order.userId`. */
  readonly path: string;
  /** The key as it is written in the loop, to look a row up by. */
  readonly written: readonly Piece[];
  /** The keys of all elements: `orders.map((order) => order.userId)`. */
  readonly list: readonly Piece[];
  /** What to write into the filter in place of what stands there. */
  readonly inFilter: Replacement;
  /** Fields the filter pins to one value, the key among them. */
  readonly pinned: ReadonlySet<string>;
}

/** Null where more than one condition depends on the element, or it does so by more than a property. */
export function turnKey(graph: ProjectGraph, turn: Turn): TurnKey | null {
  const { site, fact } = turn;
  const where = objectAt(site.args, 'where');
  if (!where || !site.model || fact.unsteady || fact.optional) return null;
  const asks = innerOf(turn, where.span);
  if (asks.length === 0 || where.properties.some(({ kind }) => kind !== 'property')) return null;
  const compound = compoundOf(site.model, where, asks);
  const holder = compound?.value ?? where;
  const conditions = holder.properties.flatMap((each) => (each.kind === 'property' ? [each] : []));
  const own = conditions.filter(({ span }) => asks.some((ask) => isInside(ask, span)));
  const [key] = own;
  if (own.length !== 1 || !key || asks.length !== 1) return null;
  const field = site.model.fields.get(key.key);
  const written = writtenKey(key);
  const path = readPath(turn, key.value);
  if (!isKeyField(field) || !written || !path) return null;
  const list = keyList(graph, turn, { span: written, path, bare: key.value.span });
  if (!list) return null;
  const inList: readonly Piece[] = [`${key.key}: { in: `, ...list, ' }'];
  return {
    field,
    path: [fact.elementName, ...path].filter((step) => step !== null).join('.'),
    written: [carried(site.file, written)],
    list,
    inFilter: compound
      ? { span: compound.span, by: flattened(site.file, compound.value, key, inList) }
      : { span: key.span, by: inList },
    pinned: pinnedFields(where, compound?.value ?? null),
  };
}

/** What the key reads of the element: as its name tells, or a constant the turn made of it. */
function readPath(turn: Turn, value: Value): readonly string[] | null {
  const name = turn.fact.inner.find(({ span }) => isInside(span, value.span));
  if (name?.from !== 'element') return elementPath(turn, value);
  const { start, end } = name.read?.span ?? name.span;
  return start === value.span.start && end === value.span.end ? (name.read?.path ?? null) : null;
}

/** The value of an argument that is an object written in place. */
export function objectAt(args: Turn['site']['args'], key: string): ObjectValue | null {
  if (args?.kind !== 'object') return null;
  const found = args.properties.find((each) => each.kind === 'property' && each.key === key);
  return found?.value.kind === 'object' ? found.value : null;
}

/** Names of the loop that are used within the span. */
export function innerOf({ fact }: Turn, span: Span): readonly Span[] {
  return fact.inner.filter((each) => isInside(each.span, span)).map((each) => each.span);
}

type Named = Extract<Property, { kind: 'property' }>;

/** `userId_postId: { userId, postId: post.id }`, when it holds what the element decides. */
function compoundOf(
  model: Model,
  where: ObjectValue,
  asks: readonly Span[],
): { readonly span: Span; readonly value: ObjectValue } | null {
  for (const each of where.properties) {
    if (each.kind !== 'property' || each.value.kind !== 'object' || model.fields.has(each.key)) continue;
    if (/^(AND|OR|NOT)$/.test(each.key) || !asks.every((ask) => isInside(ask, each.span))) continue;
    if (each.value.properties.every((part) => part.kind === 'property' && model.fields.has(part.key)))
      return { span: each.span, value: each.value };
  }
  return null;
}

function flattened(file: string, { properties }: ObjectValue, key: Named, inList: readonly Piece[]): readonly Piece[] {
  return properties.flatMap((each, index): readonly Piece[] => [
    ...(index > 0 ? [', '] : []),
    ...(each === key ? inList : [carried(file, each.span)]),
  ]);
}

/** The key with its `!` or cast; null where parentheses make that unclear. */
function writtenKey({ keySpan, span, value }: Named): Span | null {
  if (value.span.start === keySpan.start) return value.span;
  if (value.span.start !== keySpan.end + ': '.length) return null;
  return { start: value.span.start, end: span.end };
}

/** Types that `Map` compares by value. */
function isKeyField(field: ReturnType<Model['fields']['get']>): field is ScalarField {
  if (!field || field.kind === 'relation' || field.list) return false;
  return field.kind === 'enum' || /^(String|Int|BigInt)$/.test(field.type);
}

function pinnedFields(where: ObjectValue, compound: ObjectValue | null): ReadonlySet<string> {
  const all = [...where.properties, ...(compound?.properties ?? [])];
  return new Set(
    all.flatMap((each) =>
      each.kind === 'property' && each.value.kind !== 'object' && each.value.kind !== 'undefined' ? [each.key] : [],
    ),
  );
}

/** At most one row has a key: what the filter pins holds a whole unique key. */
export function isUnique(model: Model, pinned: ReadonlySet<string>): boolean {
  const fields = [...model.fields.values()];
  if (fields.some((field) => field.kind === 'scalar' && (field.unique || field.id) && pinned.has(field.name)))
    return true;
  return model.indexes.some(
    ({ kind, fields: parts, where }) =>
      (kind === 'unique' || kind === 'id') && where === null && parts.every(({ name }) => pinned.has(name)),
  );
}
