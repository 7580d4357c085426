import { checkEntryPoints } from './checkEntryPoints.ts';

checkEntryPoints('procedures', 'src/server/routers/post.ts', [
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

checkEntryPoints('GraphQL', 'src/graphql/post.ts', [
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

checkEntryPoints('commands', 'src/commands/ban.ts', [
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

checkEntryPoints('jobs and servers', 'src/worker.ts', [
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
