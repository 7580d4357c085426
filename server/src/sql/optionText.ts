import { objectKeys } from '#graph/objectKeys.ts';
import { positionAt } from '#graph/places.ts';
import type { ProjectGraph, ResolvedValue } from '#graph/projectGraph.ts';

/** What taking one of several values for an object at a path means, said against the first: `without where.status`. */
export function optionText(
  graph: ProjectGraph,
  path: string,
  options: readonly ResolvedValue[],
  index: number,
): string {
  const keysOf = (option: ResolvedValue | undefined) => (option ? [...objectKeys(graph, option).keys.keys()] : []);
  const [usual, own] = [keysOf(options[0]), keysOf(options[index])];
  const added = own.filter((key) => !usual.includes(key));
  const missing = usual.filter((key) => !own.includes(key));
  if (added.length > 0) return `with ${paths(path, added)}`;
  if (missing.length > 0) return `without ${paths(path, missing)}`;
  if (options[index]?.value.kind === 'undefined') return `without ${path}`;
  if (isEmptyList(options[index])) return `${path} empty`;
  return `${path || 'arguments'} as ${placeOf(graph, options[index])}`;
}

function isEmptyList(option: ResolvedValue | undefined): boolean {
  return option?.value.kind === 'array' && option.value.items.length === 0;
}

function paths(path: string, keys: readonly string[]): string {
  return keys.map((key) => inside(path, key)).join(', ');
}

/** Path of a key inside the object at a path; the arguments themselves have the empty one. */
export function inside(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** `on line 12`, without the file: options of one value stand together. */
function placeOf(graph: ProjectGraph, option: ResolvedValue | undefined): string {
  const facts = option && graph.files.get(option.file);
  return facts ? `on line ${positionAt(facts.lineStarts, option.value.span.start).line}` : 'written elsewhere';
}
