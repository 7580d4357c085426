import { isHandedTo } from '#graph/inputs/cuts.ts';
import type { ProjectGraph, ResolvedValue } from '#graph/projectGraph.ts';
import type { Value } from '#syntax/values.ts';

/** Somewhere in the file the value is looked for in a list, matched with a pattern, or compared with what may be there. */
export function isChecked(graph: ProjectGraph, { file, value }: ResolvedValue): boolean {
  const facts = graph.files.get(file);
  if (!facts || value.kind !== 'reference') return false;
  const key = JSON.stringify(value.to);
  const isIt = (other: Value) => other.kind === 'reference' && JSON.stringify(other.to) === key;
  return facts.comparisons.some(({ left, right }) => isIt(left) || isIt(right)) || isHandedTo(facts, CHECKING, isIt);
}

const CHECKING = /^(includes|has|hasOwn|test|match|assert|parse|safeParse|escape\w*|quote\w*)$/;
