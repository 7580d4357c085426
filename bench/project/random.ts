/** A fixed sequence of choices: the same seed writes the same project on every machine. */
export interface Random {
  below(limit: number): number;
  pick<T>(items: readonly T[]): T;
}

export function random(seed: number): Random {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  const below = (limit: number): number => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % limit;
  };
  return {
    below,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
  };
}
