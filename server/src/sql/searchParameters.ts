const SEARCHES: ReadonlySet<string> = new Set([
  'contains',
  'startsWith',
  'endsWith',
  'string_contains',
  'string_starts_with',
  'string_ends_with',
]);

/** A request whose searched texts are parameters, as newer clients send it: `LIKE ('%' || ? || '%')` in place of `LIKE ?`. */
export function searchesApart(request: unknown): unknown {
  let number = 0;
  const visit = (value: unknown, key: string): unknown => {
    if (typeof value === 'string' && SEARCHES.has(key)) return parameter(`search${number++}`);
    if (Array.isArray(value)) return value.map((item) => visit(item, ''));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, visit(inner, name)]));
  };
  return visit(request, '');
}

function parameter(name: string): unknown {
  return { $type: 'Param', value: { name, type: 'String' } };
}
