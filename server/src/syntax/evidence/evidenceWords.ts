/**
 * The words by which names are judged, one table each. A project's own names need not be here: `getCachedReport` and
 * `requireShopOwner` are understood by their words.
 */

/** Words of a function that keeps what it computed: `cached`, `withCache`, `memoizeReport`. */
export const CACHE_WORDS = wordSet(`
  cache cached caching cacheable caches cachify cachified apicache memoize memoized memoise memoised lru swr isr
`);

/** Beside a cache word these say that nothing is read from the cache here. */
export const UNCACHE_WORDS = wordSet(`
  clear clean invalidate invalidation invalidator expire delete del bust purge flush reset evict remove disable
  disabled no without skip bypass un uncached key keys stats connect
`);

/** Names that carry no cache word and yet mean it, whatever they are called on. */
export const CACHE_NAMES = wordSet(`
  getOrSet getOrFetch getOrCompute getOrRefresh fetchOrSet remember rememberForever cacheLife cacheTag
`);

/** Words of a thing that holds cached values: `redis`, `this.cacheManager`, `userCache`. */
export const CACHE_CLIENT_WORDS = wordSet(`
  cache caches caching redis ioredis valkey memcached memcache kv keyv lru upstash apicache dragonfly
`);

/** What is asked of such a thing to answer from it. */
export const CACHE_METHODS = wordSet(`
  get getex mget hget hgetall hmget getJSON getJson wrap fetch match getOrSet getOrFetch remember set setex setEx
  mset hset put peek lookup memoize run load resolve middleware
`);

/** Of these methods a bare store such as Redis also has uses that are no cache: locks, counters, queues. */
export const STORE_METHODS = wordSet(`
  set hset put run load resolve match
`);

/** Words that alone say that the request is tied to a person or a key. */
export const IDENTITY_WORDS = wordSet(`
  auth authed authn authz authenticate authenticated authentication authenticator authorise authorised authorize
  authorized authorization authorisation unauthorized jwt loggedin signedin permission permissions rbac acl abac
  guard guards guarded protect protected secured apikey bearer viewer impersonation passport keycloak entitlement
  entitlements
`);

/** Words for what a request is tied to, once a verb or a `current` stands beside them. */
export const SUBJECT_WORDS = wordSet(`
  user session account member membership identity admin admins superuser role roles owner token credentials login
  access workspace tenant team org organization organisation project partner me staff moderator secret signature cron webhook
`);

/** `requireUser`, `withWorkspace`, `isAdmin`, `currentMember`. */
export const DEMANDING_WORDS = wordSet(`
  require requires required ensure assert check verify validate with current my is has can only must enforce
  restrict decode
`);

/** Of the subjects, those a bare `getX(request)` or `getX()` asks the request for. */
export const FETCHED_SUBJECTS = wordSet(`
  user session account member identity token tenant workspace me
`);

export const FETCHING_WORDS = wordSet(`
  get fetch load find resolve read retrieve use extract parse
`);

/** `getUserById`, `getUserPosts`: data about somebody, not a look at who asks. */
export const DATA_WORDS = wordSet(`
  by for of all list count csrf posts stats url link page schema type types body params query input rate
`);

/** Parts of a request, beyond the identity words, that say who asks. */
export const REQUEST_IDENTITY_WORDS = wordSet(`
  user session account member membership identity admin role roles token credentials workspace tenant team org
  organization organisation me cookie cookies principal uid scope scopes features visibility
`);

/** What ends like this works on people's data, or is no person at all: `ctx.userService`, `userAgent`. */
export const THING_WORDS = wordSet(`
  agent service services repository repositories model models store dao controller loader loaders manager handler
`);

/** Fields that tie a row, a route or a request to one person or one customer. */
export const PERSONAL_WORDS = wordSet(`
  user users me owner viewer account customer member membership session person patient employee recipient email
  token apikey secret workspace tenant org organization organisation team uid invite invitation wallet device
  address
`);

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}
