import type { Value } from '#syntax/values.ts';

/** A condition that decides, and whether it is turned round: `!on` and `on` are one point. */
export interface DecisionPoint {
  readonly name: string;
  readonly negated: boolean;
}

/** Names a tested expression by what it says, so that one that is tested in several places is decided once. */
export function pointOf(file: string, test: Value): DecisionPoint {
  if (test.kind === 'unary' && test.operator === '!') {
    const inner = pointOf(file, test.operand);
    return { name: inner.name, negated: !inner.negated };
  }
  return { name: `${file} ${JSON.stringify(test, withoutSpans)}`, negated: false };
}

function withoutSpans(key: string, value: unknown): unknown {
  if (key === 'span' || key === 'keySpan' || key === 'textSpans') return undefined;
  return typeof value === 'bigint' ? String(value) : value;
}
