import type { QuerySite } from '#graph/projectGraph.ts';

/** What the code does with the list, as far as it changes what to do about it. */
export function resultUse({ call: { usage } }: QuerySite): {
  readonly kind: 'count' | 'first' | 'rows';
  readonly advice: string;
} {
  const counted = usage.some((use) => use.kind === 'length');
  if (counted && usage.every((use) => use.kind === 'length' || use.kind === 'test')) {
    return {
      kind: 'count',
      advice:
        'Only the number of rows is used: ask for it with `count`, or for the existence of one with `findFirst({ select: { id: true } })`.',
    };
  }
  return {
    kind: 'rows',
    advice:
      'Read it page by page: `take` with a cap, and `cursor` with an `orderBy` on a unique key for the next page.',
  };
}
