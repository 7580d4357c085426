import type { Turns } from './loops/turns.ts';

const LETTERS = ['N', 'M', 'K', 'L'];

/** How often something in loops runs: `1`, `N`, `N·M`, `3N`. */
export function turnsText(turns: readonly Turns[]): string {
  const { factor, letters } = productOf(turns);
  return termText(letters, factor);
}

/** Queries added up by the loops they run in: `1`, `1 + N`, `2 + 3N + N·M`; null where there are none. */
export function sumText(queries: readonly (readonly Turns[])[]): string | null {
  const sums = new Map<string, number>();
  for (const turns of queries) {
    const { factor, letters } = productOf(turns);
    sums.set(letters, (sums.get(letters) ?? 0) + factor);
  }
  const terms = [...sums].sort(([a], [b]) => a.length - b.length).map(([letters, factor]) => termText(letters, factor));
  return terms.length === 0 ? null : terms.join(' + ');
}

function termText(letters: string, factor: number): string {
  if (letters === '') return String(factor);
  return factor === 1 ? letters : `${factor}${letters}`;
}

function productOf(turns: readonly Turns[]): { readonly factor: number; readonly letters: string } {
  const factor = turns.reduce<number>((product, each) => (each === 'each' ? product : product * each), 1);
  const loops = turns.filter((each) => each === 'each').length;
  return { factor, letters: LETTERS.slice(0, loops).join('·') };
}
