import type { Arguments } from '#sql/clientArguments.ts';
import type { Statement } from '#sql/compileCall.ts';
import type { Sent } from './liveClient.ts';

/** How a call's compiled statements compare with those a client sent. */
export type Comparison = 'identical' | 'lengths of lists' | 'not all sent' | { readonly mismatch: string };

/**
 * Lists in `IN` may differ in length, and so may the rows that link a list to a record, because that is the data's. What stands in
 * a branch need not be sent, nor what reads relations of a record that is missing, nor anything after an error.
 */
export function compare(
  { statements, result, error }: Sent,
  compiled: readonly Statement[],
  args: Arguments,
): Comparison {
  const different = { mismatch: texts(statements, compiled, error) };
  const incomplete = error !== null || missesRows(result, args);
  let next = 0;
  let exact = true;
  for (const { sql, child, conditional } of compiled) {
    const real = statements[next];
    if (!isNumberedInOrder(sql)) return different;
    if (real !== undefined && isSame(real, sql)) {
      next++;
      exact &&= real === sql;
    } else if (error && next === statements.length) break;
    else if (!(conditional || (child && incomplete))) return different;
  }
  if (next < statements.length) return different;
  if (statements.length < compiled.length) return 'not all sent';
  return exact ? 'identical' : 'lengths of lists';
}

/** Whether a record is missing whose relations were asked for too: nothing is sent for those. */
function missesRows(result: unknown, args: unknown): boolean {
  if (Array.isArray(result)) return result.some((row) => missesRows(row, args));
  const asked = Object.entries({ ...part(args, 'select'), ...part(args, 'include') });
  if (typeof result !== 'object' || result === null) return asked.length > 0;
  const row = new Map(Object.entries(result));
  return asked.some(([name, inner]) => typeof inner === 'object' && missesRows(row.get(name), inner));
}

function part(args: unknown, key: string): object {
  const value: unknown = typeof args === 'object' && args !== null ? new Map(Object.entries(args)).get(key) : null;
  return typeof value === 'object' && value !== null ? value : {};
}

/** Lists of one may stand for any number of values; longer ones were written by the call. */
function isSame(sent: string, compiled: string): boolean {
  const lists = (sql: string) => sql.match(LISTS) ?? [];
  const [real, own] = [lists(sent), lists(compiled)];
  const known = own.every((list, index) => places(list) <= 1 || places(list) === places(real[index] ?? ''));
  return known && withoutLengths(sent) === withoutLengths(compiled);
}

/** `IN (?,?,?)` as `IN (?)`, and several links as one, with the parameters numbered again. */
function withoutLengths(sql: string): string {
  let number = 1;
  return sql
    .replaceAll(LISTS, ' IN (?)')
    .replace(LINKS, '$1(?)')
    .replaceAll(NUMBERED, () => `$${number++}`);
}

const VALUE = String.raw`(?:\?|\$\d+|CAST\((?:\?|\$\d+)::[^)]*\))`;
const VALUES = `${VALUE}(?:,\\s*${VALUE})*`;
const LISTS = new RegExp(` IN \\((?:NULL|${VALUES}|\\(${VALUES}\\)(?:,\\s*\\(${VALUES}\\))*)\\)`, 'g');
const LINKS = new RegExp(`^(INSERT .*INTO \\S*_[^\\s(]+ \\([^)]*\\) VALUES )\\(${VALUES}\\)(?:,\\s*\\(${VALUES}\\))*`);
const NUMBERED = /\$\d+/g;

function places(list: string): number {
  return list.match(/[?$]/g)?.length ?? 0;
}

function isNumberedInOrder(sql: string): boolean {
  return (sql.match(NUMBERED) ?? []).every((place, index) => place === `$${index + 1}`);
}

function texts(sent: readonly string[], compiled: readonly Statement[], error: Error | null): string {
  const lines = ['sent:', ...sent, 'compiled:', ...compiled.map(({ sql }) => sql)];
  return [...lines, ...(error ? [`error: ${error.message}`] : [])].join('\n  ');
}
