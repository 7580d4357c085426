import type { Model } from '#schema/schemaModel.ts';
import { objectKeys } from '../objectKeys.ts';
import type { ProjectGraph, ResolvedValue } from '../projectGraph.ts';
import { possibleValues } from './possibleValues.ts';

/** The order rows are asked for in. */
export interface SortOrder {
  readonly keys: readonly SortKey[];
  /** Relations it sorts by or counts. */
  readonly relations: readonly string[];
  /** False where it is chosen at run time or sorts by what no index of the model holds. */
  readonly plain: boolean;
}

/** A column that rows are ordered by. */
export interface SortKey {
  readonly field: string;
  readonly direction: 'asc' | 'desc' | null;
}

/** No order asked for. */
export const UNSORTED: SortOrder = { keys: [], relations: [], plain: true };

/** Reads an `orderBy`; where the code chooses between several, the first stands for all and is not plain. */
export function readSortOrder(graph: ProjectGraph, model: Model, orderBy: ResolvedValue | null): SortOrder {
  if (!orderBy) return UNSORTED;
  const { values, open } = possibleValues(graph, orderBy);
  const orders = values.filter((each) => each.value.kind !== 'undefined').map((each) => orderOf(graph, model, each));
  const [first] = orders;
  if (!first) return { ...UNSORTED, plain: !open };
  const same = orders.every((order) => JSON.stringify(order.keys) === JSON.stringify(first.keys));
  return { ...first, plain: first.plain && !open && same };
}

function orderOf(graph: ProjectGraph, model: Model, from: ResolvedValue): SortOrder {
  const { file, value } = graph.resolve(from.file, from.value);
  if (value.kind !== 'array') return orderOfObject(graph, model, from);
  const each = value.items.map((item) => readSortOrder(graph, model, { file, value: item }));
  return {
    keys: each.flatMap((order) => order.keys),
    relations: each.flatMap((order) => order.relations),
    plain: each.every((order) => order.plain),
  };
}

function orderOfObject(graph: ProjectGraph, model: Model, object: ResolvedValue): SortOrder {
  const { keys, open } = objectKeys(graph, object);
  const found: SortKey[] = [];
  const relations: string[] = [];
  let plain = !open;
  for (const [name, { values, optional }] of keys) {
    const field = model.fields.get(name);
    plain &&= !optional && values.length === 1;
    if (field?.kind === 'relation') relations.push(name);
    if (!field || field.kind === 'relation') plain = false;
    else found.push({ field: name, direction: values[0] ? directionOf(graph, values[0]) : null });
  }
  return { keys: found, relations, plain };
}

function directionOf(graph: ProjectGraph, given: ResolvedValue): SortKey['direction'] {
  const { file, value } = graph.resolve(given.file, given.value);
  if (value.kind === 'literal') return value.value === 'asc' || value.value === 'desc' ? value.value : null;
  if (value.kind !== 'object') return value.kind === 'reference' ? namedDirection(value.to.path.at(-1)) : null;
  const sort = objectKeys(graph, { file, value }).keys.get('sort')?.values[0];
  return sort ? directionOf(graph, sort) : null;
}

/** `Prisma.SortOrder.desc`. */
function namedDirection(name: string | undefined): SortKey['direction'] {
  return name === 'asc' || name === 'desc' ? name : null;
}
