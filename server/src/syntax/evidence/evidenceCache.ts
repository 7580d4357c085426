import type { ts } from 'ts-morph';
import { dottedName, keyOf, lastNameOf } from '../nodeNames.ts';
import type { Sign } from './evidenceNames.ts';
import { asksCache, cacheSignOf } from './evidenceNames.ts';

/** `unstable_cache(…)`, `getCachedReport(…)`, `redis.get(…)`, `new LRUCache(…)`; React's own `cache` lives for one request only. */
export function cacheCallSign(
  node: ts.CallExpression | ts.NewExpression,
  reactCache: ReadonlySet<string>,
): Sign | null {
  const name = dottedName(node.expression) || lastNameOf(node.expression);
  if (reactCache.has(name)) return null;
  const kind = cacheSignOf(name) ?? (asksCache(name) ? 'cache' : null);
  return kind === null ? null : { kind, sign: name };
}

/** `@Cacheable()`, `@CacheTTL(60)`, `@UseInterceptors(CacheInterceptor)`. */
export function cacheDecoratorSign(decorator: {
  readonly name: string;
  readonly arguments: readonly ts.Expression[];
}): Sign | null {
  for (const name of [decorator.name, ...decorator.arguments.map((argument) => dottedName(argument))])
    if (cacheSignOf(name) === 'cache') return { kind: 'cache', sign: name };
  return null;
}

/** Accelerate's `cacheStrategy` among a query's arguments. */
export function cachePropertySign(node: ts.PropertyAssignment): Sign | null {
  return keyOf(node.name) === 'cacheStrategy' ? { kind: 'cache', sign: 'cacheStrategy' } : null;
}
