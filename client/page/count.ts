/** `1 query`, `43 queries`, `5,000 routes`. */
export function plural(count: number, noun: string): string {
  const plain = /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plain}`;
}
