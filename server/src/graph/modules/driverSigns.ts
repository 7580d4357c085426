import type { CallFact } from '#syntax/facts.ts';

const METHODS =
  'query|execute|raw|prepare|exec|where\\w*|andWhere\\w*|select|from|into|insert|update|del|delete|join|\\w+Join|orderBy|groupBy|limit|offset|first|pluck|count|returning';
const CALLED = new RegExp(`\\.\\s*(?:${METHODS})\\s*[(<]`);
const NAMED = new RegExp(`^(?:${METHODS})$`);
const IMPORTED = /(?:\bfrom|\brequire\s*\()\s*['"](?:knex|pg|mysql2(?:\/promise)?|better-sqlite3)['"]/;

const TABLE = /\b(?:db|knex|trx|tx|conn|connection|database|client)\s*\(\s*['"`]/i;

/** Whether a text may ask a driver or build a query; asked only where the project has a driver, and rather too often than not. */
export function mayAskDriver(text: string): boolean {
  return IMPORTED.test(text) || CALLED.test(text) || TABLE.test(text);
}

/** The same of a call; a client of Knex is called with a table's name. */
export function mayBeDriverCall({ kind, callee: { root, path }, arguments: given }: CallFact): boolean {
  if (kind !== 'call' || root.kind === 'global') return false;
  const method = path.at(-1);
  if (method !== undefined && NAMED.test(method)) return true;
  return (
    given.length === 1 && given[0]?.kind === 'literal' && /^(?:import|parameter)$/.test(root.kind) && path.length < 2
  );
}
