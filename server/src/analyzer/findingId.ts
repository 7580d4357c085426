import { createHash } from 'node:crypto';

/** What a finding hangs on besides its place: none of it changes when lines move. */
export interface Identity {
  readonly rule: string;
  readonly file: string;
  readonly symbol: string;
  readonly model: string | null;
  readonly operation: string | null;
  /** Part of the identity in schema files only, where one model may lack several indexes. */
  readonly columns: readonly string[];
}

/** Gives each a hash of its identity and of its ordinal among equals; the input must be in order of position. */
export function findingIds(identities: readonly Identity[]): readonly string[] {
  const seen = new Map<string, number>();
  return identities.map((identity) => {
    const key = keyOf(identity);
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return createHash('sha256').update(`${key}\0${ordinal}`).digest('hex').slice(0, 16);
  });
}

function keyOf({ rule, file, symbol, model, operation, columns }: Identity): string {
  const parts = [rule, file, symbol, model ?? '', operation ?? ''];
  return (file.endsWith('.prisma') ? [...parts, ...columns] : parts).join('\0');
}
