import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractEntryPoints } from '#syntax/entryPoints.ts';
import { parseSource } from '#syntax/parseSource.ts';
import { readSource } from '#syntax/sourceContext.ts';

/** `framework kind METHOD route [wrappers] {settings} -> kind of handler, its text` of each entry point. */
function entriesIn(path: string, text: string): readonly string[] {
  const file = parseSource(path, text);
  const context = file && readSource(path, text, file);
  assert.ok(context);
  return extractEntryPoints(context).map(({ framework, kind, method, route, wrappers, settings, handler }) => {
    const around = wrappers.length > 0 ? ` [${wrappers.join(' ')}]` : '';
    const set = Object.keys(settings).length > 0 ? ` ${JSON.stringify(settings)}` : '';
    const code = text.slice(handler.span.start, handler.span.end).replace(/\s+/g, ' ');
    return `${framework} ${kind} ${method} ${route}${around}${set} -> ${handler.kind} ${code}`;
  });
}

/** Entries are given by their beginnings, since a handler's text may be long. */
interface Case {
  readonly path?: string;
  readonly text: string;
  readonly entries: readonly string[];
}

function check(title: string, defaultPath: string, cases: readonly Case[]): void {
  test(`entry points: ${title}`, () => {
    for (const { path = defaultPath, text, entries } of cases) {
      const found = entriesIn(path, text).map((line, index) => line.slice(0, entries[index]?.length ?? line.length));
      assert.deepEqual(found, entries, `${path}: ${text}`);
    }
  });
}

check('Next app router, handlers', 'apps/web/app/api/posts/[id]/route.ts', [
  {
    text: 'export async function GET() {}',
    entries: ['next-app route GET /api/posts/[id] -> function export async function GET()'],
  },
  {
    text: 'export const POST = async () => {}',
    entries: ['next-app route POST /api/posts/[id] -> function async () => {}'],
  },
  {
    text: 'const handler = async () => {};\nexport const GET = withCache(handler, 60);',
    entries: ['next-app route GET /api/posts/[id] [withCache] -> function async () => {}'],
  },
  {
    text: "import { handler } from './h';\nexport const GET = withLog(withAuth(handler), 'x');",
    entries: ['next-app route GET /api/posts/[id] [withLog withAuth] -> reference handler'],
  },
  {
    text: 'async function handle() {}\nexport { handle as GET, handle as POST };',
    entries: [
      'next-app route GET /api/posts/[id] -> function async function handle() {}',
      'next-app route POST /api/posts/[id] -> function async function handle() {}',
    ],
  },
  {
    text: 'export const GET = withApiWrapper({ handler: async ({ req }) => {}, name: "x" });',
    entries: ['next-app route GET /api/posts/[id] [withApiWrapper] -> function async ({ req }) => {}'],
  },
  {
    text: 'export const GET = withAuth({ role: "a" })(async () => {});',
    entries: ['next-app route GET /api/posts/[id] [withAuth] -> function async () => {}'],
  },
  {
    text: "export const revalidate = 60 * 60;\nexport const dynamic = 'force-static';\nexport function GET() {}",
    entries: [
      'next-app route GET /api/posts/[id] {"revalidate":3600,"dynamic":"force-static"} -> function export function GET() {}',
    ],
  },
  { path: 'src/lib/route-table.ts', text: 'export function GET() {}', entries: [] },
  {
    path: 'app/app/(admin)/api/x/route.ts',
    text: 'export function GET() {}',
    entries: ['next-app route GET /api/x -> function export function GET() {}'],
  },
]);

check('Next app router, pages and actions', 'src/app/(shop)/items/[id]/page.tsx', [
  {
    text: 'export default async function Page() {}',
    entries: ['next-app page null /items/[id] -> function export default async functio'],
  },
  {
    text: "'use cache';\nconst Page = async () => null;\nexport default Page;\nexport function generateMetadata() {}",
    entries: [
      'next-app page null /items/[id] {"use cache":true} -> function async () => null',
      'next-app page null /items/[id] {"use cache":true} -> function export function generateMetad',
    ],
  },
  {
    text: 'export async function generateStaticParams() {}',
    entries: [
      'next-app page null /items/[id] {"generateStaticParams":true,"buildTime":true} -> function export async function generate',
    ],
  },
  { text: "'use client';\nexport default function Page() {}", entries: [] },
  {
    path: 'src/app/actions.ts',
    text: "'use server';\nexport async function save() {}\nexport const list = authClient.schema(s).action(async () => {});\nexport type A = 1;",
    entries: [
      'next-app action null null -> function export async function save() {',
      'next-app action null null [authClient.schema.action s] -> function async () => {}',
    ],
  },
  {
    path: 'src/app/form.tsx',
    text: "export function Form() { async function save() { 'use server'; } }",
    entries: ["next-app action null null -> function async function save() { 'use s"],
  },
]);

check('Next pages', 'pages/api/posts/[id].ts', [
  {
    text: 'export default async function handler(req, res) {}',
    entries: ['next-pages route null /api/posts/[id] -> function export default async functio'],
  },
  {
    text: 'async function handler(req, res) { const id = 1; if (req.method !== "GET") return; }\nexport default withSession(handler);',
    entries: ['next-pages route GET /api/posts/[id] [withSession] -> function async function handler(req, r'],
  },
  {
    text: 'const handler = async (req, res) => { switch (req.method) { case "GET": return list(req, res); case "POST": await add(req, res); break; default: res.end(); } };\nfunction list(req, res) {}\nfunction add(req, res) {}\nexport default handler;',
    entries: [
      'next-pages route GET /api/posts/[id] -> function function list',
      'next-pages route POST /api/posts/[id] -> function function add',
    ],
  },
  {
    text: 'export default async function handler(req, res) { if (req.method === "GET") { await prisma.post.findMany(); } else if (req.method === "POST") { return add(req, res); } }',
    entries: ['next-pages route null /api/posts/[id] -> function export default async functio'],
  },
  {
    path: 'src/pages/posts/index.tsx',
    text: 'export const getServerSideProps = withUser(async () => ({ props: {} }));',
    entries: ['next-pages page GET /posts [withUser] -> function async () => ({ props: {} })'],
  },
  {
    path: 'src/pages/posts/index.tsx',
    text: 'export async function getStaticProps() { return { props: {}, revalidate: 60 }; }\nexport const getStaticPaths = () => ({});',
    entries: [
      'next-pages page GET /posts {"revalidate":60} -> function export async function getStati',
      'next-pages page null /posts {"buildTime":true} -> function () => ({})',
    ],
  },
]);

check('Express', 'src/server.ts', [
  {
    text: "app.get('/posts', auth, async (req, res) => {});",
    entries: ['express route GET /posts [auth] -> function async (req, res) => {}'],
  },
  {
    text: "const router = express.Router();\nrouter.use(requireUser);\nrouter.get('/', controller.list);\nrouter.post('/', [check, limit(5)], controller.add.bind(controller));",
    entries: [
      'express middleware null null -> reference requireUser',
      'express route GET / [requireUser] -> reference controller.list',
      'express route POST / [requireUser check limit] -> reference controller.add',
    ],
  },
  {
    text: "router.route('/posts').get(asyncHandler(async (req, res) => {})).post(add);",
    entries: [
      'express route GET /posts [asyncHandler] -> function async (req, res) => {}',
      'express route POST /posts -> reference add',
    ],
  },
  {
    text: "app.use('/admin', isAdmin);\napp.get('/admin/stats', stats);\napp.get('/stats', stats);",
    entries: [
      'express middleware null /admin -> reference isAdmin',
      'express route GET /admin/stats [isAdmin] -> reference stats',
      'express route GET /stats -> reference stats',
    ],
  },
  {
    text: "app.use('/users', auth, usersRouter);",
    entries: ['express middleware null /users [auth] -> reference usersRouter'],
  },
  {
    text: 'app.use((req, res, next) => next());',
    entries: ['express middleware null null -> function (req, res, next) => next()'],
  },
  {
    text: "axios.get('/posts', config); cache.get('/x', load); request(app).get('/x'); http.get('/x', resolver);",
    entries: [],
  },
]);

check('Fastify, Hono, Koa, Elysia', 'src/routes.ts', [
  {
    text: "import type { FastifyInstance } from 'fastify';\nexport default async function (server: FastifyInstance) { server.get<{ Q: 1 }>(PATH, { preHandler: [userMiddleware] }, async (req, res) => {}); }\nconst PATH = '/api/stats';",
    entries: ['fastify route GET /api/stats [userMiddleware] -> function async (req, res) => {}'],
  },
  {
    text: "fastify.route({ method: 'GET', url: '/x', onRequest: verifyJwt, handler: list });",
    entries: ['fastify route GET /x [verifyJwt] -> reference list'],
  },
  {
    text: "fastify.addHook('preHandler', authenticate);\nfastify.register(users, { prefix: '/users' });",
    entries: ['fastify middleware null /users [authenticate] -> reference users'],
  },
  {
    text: "import { Hono } from 'hono';\nexport const posts = new Hono().use(session).get('/', async (c) => c.json([])).get('/:id', get);",
    entries: [
      'hono middleware null null -> reference session',
      'hono route GET / [session] -> function async (c) => c.json([])',
      'hono route GET /:id [session] -> reference get',
    ],
  },
  {
    text: "import { createRoute } from '@hono/zod-openapi';\nconst route = createRoute({ method: 'get', path: '/x' });\napp.openapi(route, async (c) => {});",
    entries: ['hono route GET /x -> function async (c) => {}'],
  },
  {
    text: "import Router from '@koa/router';\nconst router = new Router();\nrouter.get('posts', '/posts', list);",
    entries: ['koa route GET /posts -> reference list'],
  },
  {
    text: "import { Elysia } from 'elysia';\nnew Elysia().get('/x', () => load(), { beforeHandle: isSignedIn });",
    entries: ['other route GET /x [isSignedIn] -> function () => load()'],
  },
]);

check('Nest and controllers alike', 'src/posts.controller.ts', [
  {
    text: "import { Get } from '@nestjs/common';\n@Controller('posts') @UseGuards(JwtAuthGuard)\nclass Posts { constructor(private s: S) {} @Get(':id') @UseInterceptors(CacheInterceptor) @CacheTTL(60) get(@Param('id') id: string) { return 1; } }",
    entries: [
      "nest route GET /posts/:id [Controller UseGuards JwtAuthGuard UseInterceptors CacheInterceptor CacheTTL] -> function @Get(':id') @UseInterceptors(C",
    ],
  },
  {
    text: "import '@nestjs/common';\n@Controller({ path: 'posts', version: '1' }) class Posts { @Post() add() { } }",
    entries: ['nest route POST /v1/posts [Controller] -> function @Post() add() { }'],
  },
  {
    text: "class Jobs { @Cron('0 * * * *') sweep() { } @EventPattern('x') on() { } }",
    entries: [
      "nest job null null -> function @Cron('0 * * * *') sweep() {",
      "nest job null null -> function @EventPattern('x') on() { }",
    ],
  },
  {
    text: "@Processor('mail') class Mail extends WorkerHost { async process(job) { } }",
    entries: ['queue job null null -> function async process(job) { }'],
  },
]);

check('Remix, SvelteKit, Nitro, Astro', 'app/routes/_app.posts_.$id.tsx', [
  {
    text: 'export async function loader({ request }) {}\nexport const action = async () => {};\nexport const clientLoader = () => {};',
    entries: [
      'remix loader GET /posts/:id -> function export async function loader({',
      'remix action POST /posts/:id -> function async () => {}',
    ],
  },
  { path: 'app/root.tsx', text: 'export const loader = () => {};', entries: ['remix loader GET / -> function'] },
  {
    path: 'app/routes/api+/posts+/index.tsx',
    text: 'export const loader = () => {};',
    entries: ['remix loader GET /api/posts -> function () => {}'],
  },
  {
    path: 'src/routes/(shop)/items/[id]/+server.ts',
    text: 'export const GET = async () => {};',
    entries: ['sveltekit route GET /items/[id] -> function async () => {}'],
  },
  {
    path: 'src/routes/items/+page.server.ts',
    text: 'export const load = async () => {};\nexport const actions = { default: async () => {}, remove: remove };',
    entries: [
      'sveltekit loader GET /items -> function async () => {}',
      'sveltekit action POST /items -> function async () => {}',
      'sveltekit action POST /items -> reference remove',
    ],
  },
  {
    path: 'server/api/posts/[id].get.ts',
    text: 'export default defineCachedEventHandler(async (event) => {}, { maxAge: 60 });',
    entries: ['other route GET /api/posts/[id] [defineCachedEventHandler] -> function async (event) => {}'],
  },
  {
    path: 'src/pages/feed.xml.ts',
    text: 'export async function GET() {}',
    entries: ['other route GET /feed.xml -> function export async function GET() {}'],
  },
]);

check('procedures', 'src/server/routers/post.ts', [
  {
    text: 'export const postRouter = router({ list: publicProcedure.input(z.object({})).query(async ({ ctx }) => []), nested: router({ add: protectedProcedure.use(isAdmin).mutation(add) }) });',
    entries: [
      'trpc procedure QUERY list [publicProcedure] -> function async ({ ctx }) => []',
      'trpc procedure MUTATION nested.add [protectedProcedure isAdmin] -> reference add',
    ],
  },
  {
    text: 'export const getVerified = publicProcedure.query(async () => []);',
    entries: ['trpc procedure QUERY getVerified [publicProcedure] -> function async () => []'],
  },
  {
    text: 'const mine = t.procedure.use(isUser);\nexport const r = router({ a: mine.query(() => 1) });',
    entries: ['trpc procedure QUERY a [t.procedure isUser mine] -> function () => 1'],
  },
  {
    text: "export const r = createRouter().query('list', { async resolve({ ctx }) { return []; } });",
    entries: ['trpc procedure QUERY list [createRouter.query] -> function async resolve({ ctx }) { retu'],
  },
  {
    text: "export const list = authedProcedure.route({ method: 'GET', path: '/x' }).handler(async () => []);",
    entries: ['trpc procedure GET list [authedProcedure] -> function async () => []'],
  },
  {
    path: 'app/posts/queries/getPosts.ts',
    text: 'export default resolver.pipe(resolver.zod(Input), resolver.authorize(), async () => []);',
    entries: ['trpc procedure QUERY null [resolver.zod resolver.authorize] -> function async () => []'],
  },
  { text: "db.query(sql); pool.query('SELECT 1', [id]); knex.mutation(x); queryClient.query(load);", entries: [] },
]);

check('GraphQL', 'src/graphql/post.ts', [
  {
    text: '@Resolver(() => User) class UserResolver { @Query(() => [User]) users() { return []; } @ResolveField("posts", () => [Post]) load(@Parent() u) { return []; } @FieldResolver() avatar() { return 1; } @Mutation() add() { } }',
    entries: [
      'graphql resolver QUERY users -> function @Query(() => [User]) users() {',
      'graphql resolver null User.posts -> function @ResolveField("posts", () => [',
      'graphql resolver null User.avatar -> function @FieldResolver() avatar() { re',
      'graphql resolver MUTATION add -> function @Mutation() add() { }',
    ],
  },
  {
    text: 'const resolvers: Resolvers = { Query: { posts: (_, args) => [] }, User: { posts: (parent) => [], name: { resolve: nameOf } }, Date: GraphQLDate };',
    entries: [
      'graphql resolver QUERY posts -> function (_, args) => []',
      'graphql resolver null User.posts -> function (parent) => []',
      'graphql resolver null User.name -> reference nameOf',
    ],
  },
  {
    text: 'export const Query = { async posts(_, args) { return []; } };\nexport const User: UserResolvers = { posts: (p) => [] };',
    entries: [
      'graphql resolver QUERY posts -> function async posts(_, args) { return',
      'graphql resolver null User.posts -> function (p) => []',
    ],
  },
  {
    text: "import { builder } from './builder';\nbuilder.queryField('posts', (t) => t.prismaField({ type: ['Post'], resolve: (q) => [] }));\nbuilder.prismaObject('User', { fields: (t) => ({ posts: t.field({ resolve: (u) => [] }) }) });",
    entries: [
      'graphql resolver QUERY posts -> function (q) => []',
      'graphql resolver null User.posts -> function (u) => []',
    ],
  },
  {
    text: "import { objectType } from 'nexus';\nexport const User = objectType({ name: 'User', definition(t) { t.list.field('posts', { type: 'Post', resolve: (u) => [] }); } });",
    entries: ['graphql resolver null User.posts -> function (u) => []'],
  },
]);

check('commands', 'src/commands/ban.ts', [
  {
    text: "export const ban = { data: new SlashCommandBuilder().setName('ban'), async execute(interaction) {} };",
    entries: ['discord command null ban -> function async execute(interaction) {}'],
  },
  {
    text: "export default defineCommand({ name: 'ban', run: async () => {} });",
    entries: ['discord command null ban -> function async () => {}'],
  },
  {
    text: 'class Ban extends Command { async run(interaction) { } }',
    entries: ['discord command null Ban -> function async run(interaction) { }'],
  },
  {
    text: 'client.on(Events.InteractionCreate, async (i) => {});',
    entries: ['discord command null InteractionCreate -> function async (i) => {}'],
  },
  { text: 'export const task = { data: 1, title: "x" };', entries: [] },
]);

check('jobs and servers', 'src/worker.ts', [
  {
    text: "new Worker('mail', async (job) => {}, { connection });",
    entries: ['queue job null mail -> function async (job) => {}'],
  },
  { text: "new Worker(new URL('./w.js', import.meta.url));", entries: [] },
  { text: "agenda.define('mail', async (job) => {});", entries: ['queue job null mail -> function async (job) => {}'] },
  {
    text: "inngest.createFunction({ id: 'mail' }, { event: 'x' }, async ({ step }) => {});",
    entries: ['queue job null mail -> function async ({ step }) => {}'],
  },
  {
    text: "export const mail = task({ id: 'mail', run: async (payload) => {} });",
    entries: ['queue job null mail -> function async (payload) => {}'],
  },
  { text: "cron.schedule('* * * * *', sweep);", entries: ['queue job null * * * * * -> reference sweep'] },
  {
    text: 'await consumer.run({ eachMessage: async ({ message }) => {} });',
    entries: ['queue job null null -> function async ({ message }) => {}'],
  },
  {
    text: 'export const handler = async (event) => {};',
    entries: ['other route null null -> function async (event) => {}'],
  },
  {
    text: 'http.createServer(async (req, res) => {});',
    entries: ['other route null null -> function async (req, res) => {}'],
  },
]);
