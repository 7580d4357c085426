import { checkEntryPoints } from './checkEntryPoints.ts';

checkEntryPoints('Next app router, handlers', 'apps/web/app/api/posts/[id]/route.ts', [
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

checkEntryPoints('Next app router, pages and actions', 'src/app/(shop)/items/[id]/page.tsx', [
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

checkEntryPoints('Next pages', 'pages/api/posts/[id].ts', [
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

checkEntryPoints('Express', 'src/server.ts', [
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

checkEntryPoints('Fastify, Hono, Koa, Elysia', 'src/routes.ts', [
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

checkEntryPoints('Nest and controllers alike', 'src/posts.controller.ts', [
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

checkEntryPoints('Remix, SvelteKit, Nitro, Astro', 'app/routes/_app.posts_.$id.tsx', [
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
