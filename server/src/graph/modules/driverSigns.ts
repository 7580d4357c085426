import type { CallFact } from '#syntax/facts.ts';

const METHODS =
  'query|execute|raw|prepare|exec|where\\w*|andWhere\\w*|select|from|into|insert|update|del|delete|join|\\w+Join|orderBy|groupBy|limit|offset|first|pluck|count|returning';
const CALLED = new RegExp(`\\.\\s*(?:${METHODS})\\s*[(<]`);
const NAMED = new RegExp(`^(?:${METHODS})$`);
const IMPORTED = /(?:\bfrom|\brequire\s*\()\s*['"](?:knex|pg|mysql2(?:\/promise)?|better-sqlite3)['"]/;

/** Whether a text may ask a driver or build a query; asked only where the project has a driver, and rather too often than not. */
export function mayAskDriver(text: string): boolean {
  return IMPORTED.test(text) || CALLED.test(text);
}

/** The same of a call. */
export function mayBeDriverCall({ kind, callee: { root, path } }: CallFact): boolean {
  const method = path.at(-1);
  return kind === 'call' && root.kind !== 'global' && method !== undefined && NAMED.test(method);
}
