/** An object of which nothing is known yet: of JSON, or of what another program hands over. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Lists are none. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
