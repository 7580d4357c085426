import type { Value } from '#syntax/values.ts';

/** The call a value is, by itself or behind a name. */
export function callIndex(value: Value): number | null {
  if (value.kind === 'call') return value.call;
  return value.kind === 'reference' && value.to.root.kind === 'call' && value.to.path.length === 0
    ? value.to.root.call
    : null;
}
