import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Reference } from '#syntax/values.ts';

/** Whether a text asks Redis for its keys: such a file is parsed though it may hold no query. */
export function mayListKeys(text: string): boolean {
  return /(?<!\bObject)\.keys\(\s*[^\s)]|['"`]keys['"`]/i.test(text) && /redis|vercel\/kv|cache-manager/i.test(text);
}

const CLIENTS =
  /^(?:ioredis|redis|@redis\/client|@upstash\/redis|@vercel\/kv|handy-redis|tedis|@nestjs-modules\/ioredis|@liaoliaots\/nestjs-redis|@songkeys\/nestjs-redis|fakeredis|async-redis|valkey|iovalkey|@valkey\/valkey-glide)$/;

/** Whether a package is a client of Redis. */
export function isRedisClient(name: string): boolean {
  return CLIENTS.test(name);
}

/** What calls that may be commands of Redis are made on; where it comes from tells whether it is Redis. */
export function redisReceivers(facts: FileFacts): readonly Reference[] {
  const asked = facts.calls.filter((call) => mayBeListing(call) || mayBeLoopedCommand(call));
  return asked.map(({ callee: { root, path } }) => ({ root, path: path.slice(0, -1) }));
}

/** `redis.keys('user:*')`, `client.sendCommand(['KEYS', '*'])`. */
export function mayBeListing({ kind, callee: { root, path }, arguments: given }: CallFact): boolean {
  if (kind !== 'call' || root.kind === 'global' || given.length === 0) return false;
  return /^(?:keys|KEYS|sendCommand|call|callBuffer)$/.test(path.at(-1) ?? '');
}

/** A command of one key that is waited for in each turn of a loop: `for (const post of posts) await cache.set(…)`. */
export function mayBeLoopedCommand({
  kind,
  awaited,
  loops,
  callee: { root, path },
  arguments: given,
}: CallFact): boolean {
  if (kind !== 'call' || !awaited || loops.length === 0 || root.kind === 'global' || given.length === 0) return false;
  return isKeyCommand(path.at(-1) ?? '');
}

/** Whether a method is called like a command of Redis for one key that has a sibling for many. */
export function isKeyCommand(name: string): boolean {
  return /^(?:get|set|setex|psetex|setnx|setEx|pSetEx|setNX|del|unlink|exists|hget|hset|hGet|hSet|incr|expire)$/.test(
    name,
  );
}
