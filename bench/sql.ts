import { parseArgs } from 'node:util';
import { compilableSchema } from '../server/src/schema/compilableSchema.ts';
import { loadSchemas } from '../server/src/schema/loadSchemas.ts';
import { compileCall } from '../server/src/sql/compileCall.ts';
import { type Call, openCompiler, type PrismaCompiler, type SqlProvider } from '../server/src/sql/prismaCompiler.ts';
import { createSqlCompiler } from '../server/src/sql/sqlCompiler.ts';
import { analyse } from '../test/support/analyse.ts';
import { memoryWorkspace } from '../test/support/memoryWorkspace.ts';
import { percentile } from './percentiles.ts';

// What it costs to compile a call, on schemas of growing size: first use, then each call; then from its code to its SQL.
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '300' }, provider: { type: 'string', default: 'postgresql' } },
});
const RUNS = Number(values.runs);
const PROVIDER = values.provider as SqlProvider;
/** Milliseconds that each is wanted to stay within. */
const BUDGETS = { 'first use': 300, simple: 0.5, include: 3 };

const CALLS: Readonly<Record<'simple' | 'include', Call>> = {
  simple: { model: 'Post0', operation: 'findMany', args: { where: { title: 'a' }, take: 10 } },
  include: {
    model: 'User0',
    operation: 'findMany',
    args: { where: { name: 'a' }, include: { posts: { include: { tags: true, comments: true } } }, take: 10 },
  },
};

const CODE: Readonly<Record<'simple' | 'include' | 'eight ways', string>> = {
  simple: 'prisma.post0.findMany({ where: { title: given.title }, take: 10 })',
  include:
    'prisma.user0.findMany({ where: { name: given.title }, include: { posts: { include: { tags: true, comments: true } } }, take: 10 })',
  'eight ways': `prisma.post0.findMany({ where: { ${'abcdefg'
    .split('')
    .map((name) => `...(given.${name} && { OR: [{ title: given.${name} }, { id: 1 }] })`)
    .join(', ')} } })`,
};

const HEAD = "import { prisma } from './db';\ninterface Given { title: string; [name: string]: string }\n";

for (const models of [8, 80, 320]) {
  const { compiler, firstMs } = await firstUse(models);
  console.log(`${models} models, ${PROVIDER}`);
  row('first use', [firstMs], BUDGETS['first use']);
  for (const name of ['simple', 'include'] as const) row(name, timesOf(compiler, CALLS[name]), BUDGETS[name]);
  compiler.free();
}
await fromCode();

/** From nothing loaded to the first statement, for the first schema; from the loaded modules for the others. */
async function firstUse(models: number): Promise<{ readonly compiler: PrismaCompiler; readonly firstMs: number }> {
  const workspace = memoryWorkspace({ 'prisma/schema.prisma': schemaOf(models) });
  const [schema] = loadSchemas(workspace).schemas;
  if (!schema) throw new Error('no schema');
  const start = performance.now();
  const compilable = compilableSchema(workspace, schema);
  if (!compilable) throw new Error('the schema is refused');
  const compiler = await openCompiler({
    schema: compilable.text,
    datamodel: compilable.datamodel,
    provider: PROVIDER,
    supportsRelationJoins: false,
    previewFeatures: [],
    valuesApart: true,
  });
  compileCall(compiler, CALLS.simple);
  return { compiler, firstMs: performance.now() - start };
}

/** The whole way of calls no two of which are the same place: arguments read, every shape compiled, rows judged. */
async function fromCode(): Promise<void> {
  console.log('from code to SQL, 8 models');
  for (const [name, call] of Object.entries(CODE)) {
    const code = `${HEAD}export const ask = (given: Given) => ${call};`;
    const places = Array.from({ length: RUNS }, (_, at) => [`src/${at}.ts`, code] as const);
    const files = { 'prisma/schema.prisma': schemaOf(8), ...Object.fromEntries(places) };
    const { graph } = await analyse(files, []);
    const open = await createSqlCompiler(memoryWorkspace(files)).open(graph.schemas, graph);
    const times = graph.sites.map((site) => {
      const start = performance.now();
      open.sqlOf(graph, site);
      return performance.now() - start;
    });
    row(name, times, name === 'simple' ? BUDGETS.simple : BUDGETS.include);
  }
}

function timesOf(compiler: PrismaCompiler, call: Call): readonly number[] {
  return Array.from({ length: RUNS }, () => {
    const start = performance.now();
    compileCall(compiler, call);
    return performance.now() - start;
  });
}

function row(name: string, times: readonly number[], budget: number): void {
  const [median, p95, first] = [percentile(times, 50), percentile(times, 95), times[0] ?? 0];
  const spread = times.length > 1 ? `  p95 ${p95.toFixed(2)}  first ${first.toFixed(2)}` : '';
  const share = `${((median / budget) * 100).toFixed(0)} % of ${budget} ms`;
  console.log(`  ${name.padEnd(10)} median ${median.toFixed(2).padStart(7)} ms  ${share.padEnd(16)}${spread}`);
}

/** Groups of four models that know each other. */
function schemaOf(models: number): string {
  const groups = Array.from(
    { length: models / 4 },
    (_, group) => `
model User${group} {
  id Int @id @default(autoincrement())
  email String @unique
  name String?
  posts Post${group}[]
  comments Comment${group}[]
}
model Post${group} {
  id Int @id @default(autoincrement())
  title String
  published Boolean @default(false)
  createdAt DateTime @default(now())
  authorId Int
  author User${group} @relation(fields: [authorId], references: [id])
  comments Comment${group}[]
  tags Tag${group}[]
  @@index([authorId])
}
model Comment${group} {
  id Int @id @default(autoincrement())
  text String
  postId Int
  userId Int
  post Post${group} @relation(fields: [postId], references: [id])
  user User${group} @relation(fields: [userId], references: [id])
}
model Tag${group} {
  id Int @id @default(autoincrement())
  name String @unique
  posts Post${group}[]
}`,
  );
  return [`datasource db {\n  provider = "${PROVIDER}"\n}`, ...groups].join('\n');
}
