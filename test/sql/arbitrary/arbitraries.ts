import fc from 'fast-check';

/** An object with a few of these keys. */
export function someOf(
  parts: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  { min = 0, max = 3 }: { readonly min?: number; readonly max?: number } = {},
): fc.Arbitrary<Record<string, unknown>> {
  const keys = Object.keys(parts);
  const limits = { minLength: Math.min(min, keys.length), maxLength: Math.min(max, keys.length) };
  return fc.subarray(keys, limits).chain((chosen) => {
    const model = Object.fromEntries(chosen.map((key) => [key, parts[key] ?? fc.constant(undefined)]));
    return fc.record(model) as fc.Arbitrary<Record<string, unknown>>;
  });
}

/** One of several, where there is any. */
export function oneOf(options: readonly fc.Arbitrary<unknown>[]): fc.Arbitrary<unknown> {
  return options.length > 0 ? fc.oneof(...options) : fc.constant(undefined);
}

/** Objects put together from two. */
export function both(
  first: fc.Arbitrary<Record<string, unknown>>,
  second: fc.Arbitrary<Record<string, unknown>>,
): fc.Arbitrary<Record<string, unknown>> {
  return fc.tuple(first, second).map(([a, b]) => ({ ...a, ...b }));
}

/** One value or several. */
export function oneOrMore(one: fc.Arbitrary<unknown>, max = 2): fc.Arbitrary<unknown> {
  return fc.oneof(one, fc.array(one, { minLength: 1, maxLength: max }));
}
