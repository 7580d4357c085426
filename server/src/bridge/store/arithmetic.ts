/** To three places: of milliseconds, to the microsecond. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
