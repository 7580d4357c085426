import type { ComparisonFact } from './facts.ts';
import type { SourceContext } from './sourceContext.ts';
import type { Value } from './values.ts';

/** Comparisons that may be a bound of something: a name, or what was made of one, on either side. */
export function comparisonFacts(context: SourceContext): readonly ComparisonFact[] {
  return context.nodes.comparisons
    .map((node) => ({
      function: context.functionOf(node),
      left: context.valueOf(node.left),
      right: context.valueOf(node.right),
    }))
    .filter(({ left, right }) => isNamed(left) || isNamed(right));
}

function isNamed({ kind }: Value): boolean {
  return kind === 'reference' || kind === 'call';
}
