import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Reference } from '#syntax/values.ts';

/** Whether a text asks Redis for its keys: such a file is parsed though it may hold no query. */
export function mayListKeys(text: string): boolean {
  return /(?<!\bObject)\.keys\(\s*[^\s)]|['"`]keys['"`]/i.test(text) && /redis|vercel\/kv|cache-manager/i.test(text);
}

/** What such calls are made on; where it comes from tells whether it is Redis. */
export function keyListings(facts: FileFacts): readonly Reference[] {
  return facts.calls.filter(mayBeListing).map(({ callee: { root, path } }) => ({ root, path: path.slice(0, -1) }));
}

/** `redis.keys('user:*')`, `client.sendCommand(['KEYS', '*'])`. */
export function mayBeListing({ kind, callee: { root, path }, arguments: given }: CallFact): boolean {
  if (kind !== 'call' || root.kind === 'global' || given.length === 0) return false;
  return /^(?:keys|KEYS|sendCommand|call|callBuffer)$/.test(path.at(-1) ?? '');
}
