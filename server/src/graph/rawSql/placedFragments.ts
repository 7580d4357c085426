import type { ProjectGraph } from '../projectGraph.ts';
import { unknown } from './reading.ts';
import type { SqlPart } from './sqlPart.ts';

/** A table or a condition follows, which no parameter can be. */
const BEFORE_NAME = /\b(?:FROM|JOIN|INTO|UPDATE|TABLE)\s*$/i;
const BEFORE_CONDITION = /\b(?:WHERE|HAVING)\s*$/i;
/** After a condition the query goes on or ends; after a value an operator follows. */
const AFTER_CONDITION = /^\s*(?:$|[;)]|(?:AND|OR|GROUP|ORDER|LIMIT|OFFSET|FETCH|FOR|RETURNING|UNION|HAVING)\b)/i;

/** Takes values in places where only SQL can stand for SQL objects that were made elsewhere. */
export function withPlacedFragments(graph: ProjectGraph, parts: readonly SqlPart[]): readonly SqlPart[] {
  return parts.map((part, index) => {
    if (part.kind !== 'parameter' || part.list) return part;
    const before = textAt(parts, index - 1);
    const isCondition = BEFORE_CONDITION.test(before) && AFTER_CONDITION.test(textAt(parts, index + 1));
    if (!isCondition && !BEFORE_NAME.test(before)) return part;
    return unknown(graph, part.value, 'fragment');
  });
}

function textAt(parts: readonly SqlPart[], index: number): string {
  const part = parts[index];
  return part?.kind === 'text' ? part.text : '';
}
