import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractEvidence } from '#syntax/evidence/evidence.ts';
import { parseSource } from '#syntax/parseSource.ts';
import { readSource } from '#syntax/sourceContext.ts';

/** `kind sign` of each sign in the order found. */
function signsIn(text: string): readonly string[] {
  return evidenceIn(text).map(({ kind, sign }) => `${kind} ${sign}`);
}

function evidenceIn(text: string) {
  const file = parseSource('a.tsx', text);
  const context = file && readSource('a.tsx', text, file);
  assert.ok(context);
  return extractEvidence(context);
}

function check(title: string, cases: Readonly<Record<string, readonly string[]>>): void {
  test(title, () => {
    for (const [text, signs] of Object.entries(cases)) assert.deepEqual(signsIn(text), signs, text);
  });
}

check('evidence: functions that cache', {
  "import { unstable_cache } from 'next/cache'; const f = unstable_cache(load, ['a'])": ['cache unstable_cache'],
  'await cached(`timeline:${page}`, 30, () => load())': ['cache cached'],
  'QueryCache.getCachedQuery(key, load, 300)': ['cache QueryCache.getCachedQuery'],
  'export const GET = withCache(handler, 60)': ['cache withCache'],
  'const f = memoize(load, { ttl: 60 })': ['cache memoize'],
  'store.getOrSet(key, load)': ['cache store.getOrSet'],
  'cache.remember("a", 60, load)': ['cache cache.remember'],
  'cachified({ key, ttl, getFreshValue })': ['cache cachified'],
  'export default defineCachedEventHandler(load, { maxAge: 60 })': ['cache defineCachedEventHandler'],
  'app.use(apicache.middleware("5 minutes"))': ['cache apicache.middleware'],
});

check('evidence: stores that hold cached values', {
  'const hit = await redis.get(key)': ['cache redis.get'],
  'await redis().setex(key, 60, text)': ['cache redis().setex'],
  'await this.cacheManager.set(key, rows)': ['cache this.cacheManager.set'],
  'redis.mget(keys)': ['cache redis.mget'],
  'this.productCache.wrap(key, load)': ['cache this.productCache.wrap'],
  'const lru = new LRUCache({ max: 10 })': ['cache LRUCache'],
  'await caches.default.match(request)': [],
  'redis.set("lock", 1, "NX")': [],
  'map.get(key)': [],
  'searchParams.get("page")': [],
});

check('evidence: what only sounds like a cache', {
  "import { cache } from 'react'; export const getUserRow = cache(async (id) => load(id))": [],
  'await invalidateCache("posts")': [],
  'clearCache()': [],
  'const key = cacheKey(input)': [],
  "revalidatePath('/posts'); revalidateTag('posts')": [],
});

check('evidence: directives, decorators and query options that cache', {
  "async function f() { 'use cache'; return load() }": ['cache use cache'],
  "'use cache: remote'; export const a = 1": ['cache use cache'],
  '@Controller() class A { @UseInterceptors(CacheInterceptor) list() {} }': ['cache CacheInterceptor'],
  'class A { @CacheTTL(60) list() {} }': ['cache CacheTTL'],
  'class A { @Cacheable({ ttl: 60 }) list() {} }': ['cache Cacheable'],
  'prisma.post.findMany({ cacheStrategy: { ttl: 60 } })': ['cache cacheStrategy'],
});

check('evidence: headers that let others cache', {
  "res.setHeader('Cache-Control', 'public, s-maxage=60')": ['http-cache Cache-Control', 'http-cache max-age'],
  "reply.header('cache-control', policy)": ['http-cache cache-control'],
  'ctx.res.setHeader("Cache-Control", CACHE_AGE)': ['http-cache Cache-Control'],
  "Response.json(rows, { headers: { 'Cache-Control': `max-age=${ttl}` } })": [
    'http-cache Cache-Control',
    'http-cache max-age',
  ],
  "responses.success(rows, true, 'public, s-maxage=600')": ['http-cache max-age'],
  "export const headers = () => ({ 'CDN-Cache-Control': policy })": ['http-cache CDN-Cache-Control'],
  "class A { @Header('Cache-Control', 'max-age=60') list() {} }": ['http-cache Cache-Control', 'http-cache max-age'],
  'setCacheHeaders(response, 60)': ['http-cache setCacheHeaders'],
  "res.set('Content-Type', 'text/css')": [],
});

check('evidence: headers that forbid it', {
  "res.set('Cache-Control', 'no-store')": ['no-store Cache-Control', 'no-store no-store'],
  "new Response(body, { headers: { 'cache-control': 'private, no-cache' } })": ['no-store cache-control'],
  "const policy = 'public, max-age=0, must-revalidate'": [],
});

check('evidence: calls that ask who is there', {
  'const store = await cookies()': ['user cookies'],
  'const session = await getServerSession(authOptions)': ['user getServerSession'],
  'const { userId } = await auth()': ['user auth'],
  'const user = await currentUser()': ['user currentUser'],
  'const user = await getUser(request)': ['user getUser'],
  'await supabase.auth.getUser()': ['user supabase.auth.getUser'],
  'await requireUserId(request)': ['user requireUserId'],
  'const session = await auth.api.getSession({ headers: await headers() })': ['user auth.api.getSession'],
  'export const GET = withWorkspace(handler)': ['user withWorkspace'],
  'export const GET = withAuth(handler)': ['user withAuth'],
  'protectedProcedure.query(load)': ['user protectedProcedure.query'],
  'jwt.verify(token, secret)': ['user jwt.verify'],
  'await verifyToken(token)': ['user verifyToken'],
  'await validateApiKey(key)': ['user validateApiKey'],
  'if (!isAdmin(request)) return': ['user isAdmin'],
  'app.use(passport.authenticate("jwt"))': ['user passport.authenticate'],
  "headers().get('authorization')": ['user authorization'],
  "request.headers.get('x-api-key')": ['user x-api-key'],
  "c.get('userId')": ['user userId'],
});

check('evidence: data about people is no look at who asks', {
  'getUserById(params.id)': [],
  'getUsers(page)': [],
  'userService.getUser(id)': [],
  'getTeamStats(team)': [],
  'prisma.user.findMany()': [],
  'users.map(({ user }) => user.name)': [],
  "request.headers.get('user-agent')": [],
  "headers().get('accept-language')": [],
  'getAuthor(id)': [],
  'function Card({ user }) { return user.name }': [],
});

check('evidence: parts of the request that say who asks', {
  'const id = req.user.id': ['user req.user'],
  'ctx.session.userId': ['user ctx.session'],
  'event.locals.user': ['user locals.user'],
  'session.user.email': ['user session.user'],
  'const { user } = ctx': ['user user'],
  'list.query(({ ctx: { session } }) => load(session))': ['user session'],
  'export const GET = api(async ({ workspace, searchParams }) => load(workspace.id))': ['user workspace'],
  'req.headers.authorization': ['user headers.authorization'],
  "req.headers['x-api-key']": ['user headers.x-api-key'],
  'request.cookies': ['user request.cookies'],
  'ctx.userService.list()': [],
  'req.query.page': [],
  'req.params.userId': [],
});

check('evidence: decorators that ask who is there', {
  'class A { list(@CurrentUser() user: User) {} }': ['user CurrentUser'],
  'class A { @UseGuards(JwtAuthGuard) list() {} }': ['user JwtAuthGuard'],
  'class A { @UseGuards(ThrottlerGuard) list() {} }': [],
  "class A { @Roles('admin') list() {} }": ['user Roles'],
  'class A { @Get() list(@Param("id") id: string) {} }': [],
});

test('evidence: a sign belongs to the function it stands in, a decorator to the one it stands at', () => {
  const text =
    'const a = cached(load); function f() { g(() => redis.get(k)) } class A { @Cacheable() list(@User() user) {} }';
  const facts = evidenceIn(text).map((fact) => `${fact.sign} ${fact.function}`);
  assert.deepEqual(facts, ['cached 0', 'redis.get 2', 'Cacheable 3', 'User 3']);
});

test('evidence: a sign is said once per function, where it is first seen', () => {
  const text = 'function f() { redis.get(a); redis.get(b) } function g() { redis.get(c) }';
  const facts = evidenceIn(text).map(({ function: home, span }) => [home, text.slice(span.start, span.end)]);
  assert.deepEqual(facts, [
    [1, 'redis.get(a)'],
    [2, 'redis.get(c)'],
  ]);
});
