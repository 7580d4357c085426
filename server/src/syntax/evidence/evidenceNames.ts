import {
  CACHE_CLIENT_WORDS,
  CACHE_METHODS,
  CACHE_NAMES,
  CACHE_WORDS,
  DATA_WORDS,
  DEMANDING_WORDS,
  FETCHED_SUBJECTS,
  FETCHING_WORDS,
  IDENTITY_WORDS,
  PERSONAL_WORDS,
  REQUEST_IDENTITY_WORDS,
  STORE_METHODS,
  SUBJECT_WORDS,
  THING_WORDS,
  UNCACHE_WORDS,
} from './evidenceWords.ts';

/**
 * What names say: functions that cache, functions that ask who is there. Names are judged by their words, so that a
 * project's own `getCachedReport` or `requireShopOwner` is understood without being listed.
 */

/** Projects repeat their names: judging each once saves a third of all extraction. */
function remembered<T>(judge: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const earlier = known.get(name);
    if (earlier !== undefined) return earlier;
    const found = judge(name);
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(name, found);
    return found;
  };
}

const MAX_KNOWN = 20_000;

/** `getJWTUser`, `get_jwt_user` and `get-jwt-user` all are `['get', 'jwt', 'user']`. */
export const wordsOf = remembered(splitWords);

function splitWords(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/\bapi[\s_-]+keys?\b/g, 'apikey')
    .replace(/\blogged[\s_-]+in\b/g, 'loggedin')
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}

/** A sign without its place: what one node says about caching or about who asks. */
export interface Sign {
  readonly kind: 'cache' | 'http-cache' | 'no-store' | 'user' | 'write';
  readonly sign: string;
}

/** What calling (or being wrapped in) a function of this name says about caching; null for nothing. */
export function cacheSignOf(name: string): 'cache' | 'http-cache' | null {
  return signOfLastName(lastName(name));
}

const signOfLastName = remembered((last): 'cache' | 'http-cache' | null => {
  if (CACHE_NAMES.has(last)) return 'cache';
  const words = wordsOf(last);
  if (!words.some((word) => CACHE_WORDS.has(word)) || words.some((word) => UNCACHE_WORDS.has(word))) return null;
  return words.some((word) => word === 'control' || word === 'header' || word === 'headers') ? 'http-cache' : 'cache';
});

/** `redis.get`, `this.cache.set`, `productCache.wrap`: a cache is asked. */
export function asksCache(name: string): boolean {
  const method = lastName(name);
  if (!CACHE_METHODS.has(method)) return false;
  const client = wordsOf(lastName(name.slice(0, -method.length - 1)));
  if (!client.some((word) => CACHE_CLIENT_WORDS.has(word))) return false;
  return !STORE_METHODS.has(method) || client.some((word) => CACHE_WORDS.has(word));
}

/** `requireUser`, `withAuth`, `protectedProcedure`, `JwtAuthGuard`, `isAdmin`: who asks decides, whatever the arguments. */
export const demandsIdentity = remembered((name): boolean => {
  const words = wordsOf(lastName(name));
  if (words.includes('throttler') || words.includes('limit') || words.includes('limiter')) return false;
  if (words.some((word) => IDENTITY_WORDS.has(word))) return !words.includes('url');
  if (words.some((word) => DATA_WORDS.has(word))) return false;
  return words.some((word) => DEMANDING_WORDS.has(word)) && words.some((word) => SUBJECT_WORDS.has(word));
});

/** `getUser`, `getServerSession`, `fetchAccount`: who asks, if what is handed over is the request or nothing. */
export const fetchesIdentity = remembered((name): boolean => {
  const words = wordsOf(lastName(name));
  if (words.some((word) => DATA_WORDS.has(word))) return false;
  return (
    words.some((word) => FETCHING_WORDS.has(word)) &&
    words.some((word) => FETCHED_SUBJECTS.has(word)) &&
    (words.includes('from') || FETCHED_SUBJECTS.has(words.at(-1) ?? ''))
  );
});

/** A property of the request, a header or a context variable that says who asks: `user`, `sessionId`, `Authorization`, `x-api-key`. */
export const namesIdentity = remembered((name): boolean => {
  const words = wordsOf(name);
  if (words.some((word) => DATA_WORDS.has(word)) || THING_WORDS.has(words.at(-1) ?? '')) return false;
  return words.some((word) => IDENTITY_WORDS.has(word) || REQUEST_IDENTITY_WORDS.has(word));
});

/** A column, route parameter or property such as `userId`, `workspace_slug`, `token`. */
export function isPersonal(name: string): boolean {
  return wordsOf(name).some((word) => PERSONAL_WORDS.has(word));
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
