import type { CostLoop } from './cost.ts';
import type { CostSum, CostTerm } from './costTerms.ts';

/** A cost for people. */
export interface CostFormula {
  /** `1 + N + N·M`, with `up to` before it where conditions decide; null where nothing is asked or it cannot be counted. */
  readonly text: string | null;
  /** The letters in it, in order. */
  readonly letters: readonly { readonly letter: string; readonly loop: CostLoop }[];
}

const LETTERS = ['N', 'M', 'K', 'L', 'P', 'Q', 'R', 'S'];

/** Queries up to which a bound still says something; behind more conditions it is far from what any request makes. */
const MOST_UNDER_CONDITIONS = 12;

/** Writes a sum with a letter for each list that is gone over. */
export function costFormula({ terms, uncountable }: CostSum): CostFormula {
  const loops = [...new Map(terms.flatMap((term) => openLoops(term).map((loop) => [loop.key, loop]))).values()];
  const letters = loops.map((loop, index) => ({ letter: LETTERS[index] ?? `X${index}`, loop }));
  const certain = terms.length === 1 || terms.every(({ conditional }) => !conditional);
  const tellable = terms.length > 0 && uncountable.length === 0 && (certain || terms.length <= MOST_UNDER_CONDITIONS);
  if (!tellable) return { text: null, letters };
  const sum = sumText(terms, letterOf(letters));
  return { text: certain ? sum : `up to ${sum}`, letters };
}

function openLoops({ loops }: CostTerm): readonly CostLoop[] {
  return loops.filter(({ turns }) => turns === null);
}

/** How often one query of a request runs: `1`, `3`, `N`, `2·N·M`. */
export function timesText(term: CostTerm, { letters }: Pick<CostFormula, 'letters'>): string {
  const { factor, product } = timesOf(term, letterOf(letters));
  if (product === '') return `${factor}`;
  return factor === 1 ? product : `${factor}·${product}`;
}

type Letters = ReadonlyMap<string, string>;

function letterOf(letters: CostFormula['letters']): Letters {
  return new Map(letters.map(({ letter, loop }) => [loop.key, letter]));
}

function timesOf(term: CostTerm, letters: Letters): { readonly factor: number; readonly product: string } {
  const factor = term.loops.reduce((times, { turns }) => times * (turns ?? 1), term.statements);
  const product = openLoops(term).map(({ key }) => letters.get(key));
  return { factor, product: product.join('·') };
}

function sumText(terms: readonly CostTerm[], letters: Letters): string {
  const products = new Map<string, number>();
  for (const term of terms) {
    const { factor, product } = timesOf(term, letters);
    products.set(product, (products.get(product) ?? 0) + factor);
  }
  return [...products]
    .sort(([a], [b]) => a.length - b.length)
    .map(([product, factor]) => (product === '' ? `${factor}` : factor === 1 ? product : `${factor}${product}`))
    .join(' + ');
}
