import type { Value } from '#syntax/values.ts';
import type { ProjectGraph, QuerySite, ResolvedValue } from './projectGraph.ts';

/** The value of a key of a query's arguments (`where`, `data`), seen through names; null when absent or not understood. */
export function argument(graph: ProjectGraph, site: QuerySite, key: string): ResolvedValue | null {
  return site.args ? propertyOf(graph, graph.resolve(site.file, site.args), key) : null;
}

/** The value of a property of an object that is written down; the last one wins, as at run time. */
export function propertyOf(graph: ProjectGraph, object: ResolvedValue, key: string): ResolvedValue | null {
  if (object.value.kind !== 'object') return null;
  const found = object.value.properties.findLast((each) => each.kind === 'property' && each.key === key);
  return found ? graph.resolve(object.file, found.value) : null;
}

/** Every value inside a value, itself first, names followed where they lead to something written down. */
export function* valuesIn(graph: ProjectGraph, { file, value }: ResolvedValue, depth = 0): Generator<ResolvedValue> {
  const known = graph.resolve(file, value);
  yield known;
  if (depth > 6) return;
  for (const inner of children(known.value)) yield* valuesIn(graph, { file: known.file, value: inner }, depth + 1);
}

function children(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'object':
      return value.properties.map((property) => property.value);
    case 'array':
      return value.items;
    case 'spread':
      return [value.value];
    case 'choice':
      return value.options;
    case 'binary':
      return [value.left, value.right];
    case 'unary':
      return [value.operand];
    case 'template':
      return value.values;
    default:
      return [];
  }
}
