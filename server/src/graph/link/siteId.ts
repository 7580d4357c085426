import { createHash } from 'node:crypto';

/** Names a query site by what survives line moves; the ordinal counts equal sites of one symbol in source order, from 0. */
export function siteId(path: string, symbol: string, model: string | null, operation: string, ordinal: number): string {
  const name = [path, symbol, model ?? '', operation, ordinal].join('\0');
  return createHash('sha256').update(name).digest('base64url').slice(0, 12);
}
