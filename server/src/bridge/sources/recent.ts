/** Keeps a map of things under way from growing without end, where what should close them never came: the oldest goes. */
export function forgetOldest<Value>(map: Map<string, Value>, most: number, told?: (value: Value) => void): void {
  if (map.size <= most) return;
  const [oldest] = map;
  if (oldest === undefined) return;
  map.delete(oldest[0]);
  told?.(oldest[1]);
}
