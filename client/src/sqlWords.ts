import type { SqlResult } from '#shared/protocol.ts';
import { plural } from './words.ts';

/** Why there is no SQL to show; null where there is some. */
export function untoldWords(result: SqlResult | null): string | null {
  if (result === null) return 'There is no Prisma call at the cursor.';
  return 'variants' in result.sql ? null : `The SQL of ${result.name} cannot be told: ${result.sql.reason}.`;
}

/** What was copied, and what not. */
export function copiedWords({ name, sql }: SqlResult): string {
  if (!('variants' in sql)) return '';
  const [usual, ...others] = sql.variants;
  if (usual.statements.length === 0) return `${name} sends no SQL`;
  const ways = others.length === 0 ? '' : ', as it is usually sent';
  const partly = sql.kind === 'partial' ? '; parts could not be followed' : '';
  return `copied ${plural(usual.statements.length, 'SQL statement')} of ${name}${ways}${partly}`;
}
