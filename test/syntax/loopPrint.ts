import { extractFacts } from '#syntax/extractFacts.ts';
import type { LoopShape } from '#syntax/facts.ts';

/** One line per loop: `for-of xs: each in turn`, `callback xs.map: literal 3 at once`. */
export function printLoops(text: string): readonly string[] {
  return extractFacts('file.tsx', text).loops.map(({ kind, header, over, shape, concurrent }) => {
    const list = over ? text.slice(over.span.start, over.span.end) : 'nothing';
    const what = kind === 'callback' ? text.slice(header.start, header.end) : `${kind} ${list}`;
    return `${what}: ${printShape(shape)} ${concurrent ? 'at once' : 'in turn'}`;
  });
}

function printShape(shape: LoopShape): string {
  return shape.kind === 'literal' || shape.kind === 'counted' ? `${shape.kind} ${shape.size}` : shape.kind;
}
