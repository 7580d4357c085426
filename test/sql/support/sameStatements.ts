import type { Statement } from '#sql/compileCall.ts';
import type { Sent } from './liveClient.ts';

/** How a call's compiled statements compare with those a client sent. */
export type Comparison = 'identical' | 'lengths of lists' | 'not all sent' | { readonly mismatch: string };

/**
 * Lists in `IN` may differ in length, and so may the rows that link a list to a record, because that is the data's. What stands in
 * a branch need not be sent, nor what reads relations where a record is missing, nor anything after an error.
 */
export function compare({ statements, result, error }: Sent, compiled: readonly Statement[]): Comparison {
  const missing = compiled.length - statements.length;
  const incomplete = error !== null || /\bnull\b|\[\]/.test(written(result));
  let next = 0;
  let exact = true;
  for (const { sql, child, conditional } of compiled) {
    const real = statements[next];
    if (real !== undefined && folded(real) === folded(sql)) {
      next++;
      exact &&= real === sql;
    } else if (error && next === statements.length) break;
    else if (!(conditional || (child && incomplete))) return mismatch(statements, compiled, error);
  }
  if (next < statements.length) return mismatch(statements, compiled, error);
  if (missing > 0) return 'not all sent';
  return exact ? 'identical' : 'lengths of lists';
}

/** `IN (?,?,?)` as `IN (?)`, and several links as one, with the parameters numbered again. */
export function folded(sql: string): string {
  let number = 1;
  return sql
    .replaceAll(LIST, ' IN (?)')
    .replace(LINKS, '$1(?)')
    .replaceAll(NUMBERED, () => `$${number++}`);
}

const VALUE = String.raw`(?:\?|\$\d+|CAST\((?:\?|\$\d+)::[^)]*\))`;
const VALUES = `${VALUE}(?:,\\s*${VALUE})*`;
const LIST = new RegExp(` IN \\((?:NULL|${VALUES}|\\(${VALUES}\\)(?:,\\s*\\(${VALUES}\\))*)\\)`, 'g');
const LINKS = new RegExp(`^(INSERT .*INTO \\S*_[^\\s(]+ \\([^)]*\\) VALUES )\\(${VALUES}\\)(?:,\\s*\\(${VALUES}\\))*`);
const NUMBERED = /\$\d+/g;

function written(value: unknown): string {
  return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? 'null';
}

function mismatch(sent: readonly string[], compiled: readonly Statement[], error: Error | null): Comparison {
  const lines = ['sent:', ...sent, 'compiled:', ...compiled.map(({ sql }) => sql)];
  return { mismatch: [...lines, ...(error ? [`error: ${error.message}`] : [])].join('\n  ') };
}
