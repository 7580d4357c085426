import type { ProjectGraph, ResolvedValue } from '#graph/projectGraph.ts';
import type { Reference } from '#syntax/values.ts';

/** Somewhere in the file the value is looked for in a list, matched with a pattern, or compared with what may be there. */
export function isChecked(graph: ProjectGraph, { file, value }: ResolvedValue): boolean {
  const facts = graph.files.get(file);
  if (!facts || value.kind !== 'reference') return false;
  const isSame = sameAs(value.to);
  return (
    facts.comparisons.some(({ left, right }) =>
      [left, right].some((side) => side.kind === 'reference' && isSame(side.to)),
    ) ||
    facts.calls.some(
      ({ callee, arguments: [first] }) =>
        first?.kind === 'reference' && CHECKING.test(callee.path.at(-1) ?? '') && isSame(first.to),
    )
  );
}

const CHECKING = /^(includes|has|hasOwn|test|match|assert|parse|safeParse|escape\w*|quote\w*)$/;

function sameAs(to: Reference): (other: Reference) => boolean {
  const key = JSON.stringify(to);
  return (other) => JSON.stringify(other) === key;
}
