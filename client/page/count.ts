import { pluralOf } from '#shared/plural.ts';

/** `1 query`, `43 queries`, `5,000 routes`. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : pluralOf(noun)}`;
}
