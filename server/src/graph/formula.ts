import type { Turns } from './loops/turns.ts';

const LETTERS = ['N', 'M', 'K', 'L'];

/** How often something in loops runs: `1`, `N`, `N·M`, `3N`. */
export function turnsText(turns: readonly Turns[]): string {
  const { factor, letters } = productOf(turns);
  return termText(letters, factor);
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
