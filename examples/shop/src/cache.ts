const entries = new Map<string, { readonly until: number; readonly value: Promise<unknown> }>();

/** Loads a value once per `seconds`; callers in between share it. */
export function cached<T>(key: string, seconds: number, load: () => Promise<T>): Promise<T> {
  const entry = entries.get(key);
  if (entry && entry.until > Date.now()) return entry.value as Promise<T>;
  const value = load();
  entries.set(key, { until: Date.now() + seconds * 1000, value });
  value.catch(() => entries.delete(key));
  return value;
}
