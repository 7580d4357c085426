import type { SeededRandom } from '#test/support/seededRandom.ts';

export const SCHEMA = `datasource db {
  provider = "postgresql"
}

enum Status {
  OPEN
  DONE
}

model User {
  id    Int    @id @default(autoincrement())
  name  String
  email String @unique
  posts Post[]
  tasks Task[]
}

model Post {
  id       Int       @id @default(autoincrement())
  title    String
  authorId Int
  author   User      @relation(fields: [authorId], references: [id])
  comments Comment[]
}

model Comment {
  id     Int    @id @default(autoincrement())
  text   String
  postId Int
  post   Post   @relation(fields: [postId], references: [id])
}

model Task {
  id     Int    @id @default(autoincrement())
  status Status
  userId Int
  user   User   @relation(fields: [userId], references: [id])
}
`;

/** Few statements in many variations, so that they collide: alike but for a constant, a relation, a transaction, a neighbour. */
const CALLS = [
  'user.findUnique({ where: { id: n } })',
  'user.findUnique({ where: { id: n }, include: { posts: true } })',
  'user.findUnique({ where: { id: n }, include: { posts: true, tasks: true } })',
  'user.findUnique({ where: { id: n }, include: { posts: { include: { comments: true } } } })',
  'user.findMany({ where: { name: s }, take: 10 })',
  'user.findMany({ where: { name: s }, take: 20 })',
  'user.findMany({ where: { name: s }, take: n > 5 ? 10 : 20 })',
  'user.findMany({ where: { name: s }, take: 10, include: { tasks: true } })',
  'user.findMany({ where: { ...(n > 3 ? { name: s } : {}), ...(n > 5 ? { email: s } : {}) } })',
  'user.findMany({ where: o })',
  'post.findMany({ where: { authorId: n } })',
  'post.findMany({ where: { authorId: { in: [n] } } })',
  'post.findMany({ where: { authorId: n }, include: { comments: true } })',
  'post.findFirst({ where: { title: s }, include: { author: true } })',
  "task.findMany({ where: { status: 'OPEN' } })",
  "task.findMany({ where: { status: 'DONE' } })",
  "task.findMany({ where: { status: 'OPEN' }, include: { user: true } })",
  "task.updateMany({ where: { userId: n }, data: { status: 'DONE' } })",
  "task.updateMany({ where: { userId: n }, data: { status: 'OPEN' } })",
  "task.create({ data: { status: 'OPEN', userId: n } })",
  'post.create({ data: { title: s, authorId: n } })',
  'post.create({ data: { title: s, authorId: n, comments: { create: { text: s } } } })',
  'user.create({ data: { name: s, email: s, posts: { create: { title: s } } } })',
  'user.update({ where: { id: n }, data: { name: s } })',
  'user.update({ where: { id: n }, data: { name: s }, include: { posts: true } })',
  'user.count()',
  'comment.deleteMany({ where: { postId: n } })',
];

/** A function of the program: its calls are made one after the other. */
export interface Route {
  readonly calls: readonly string[];
  readonly transaction: boolean;
}

export interface Program {
  readonly files: Readonly<Record<string, string>>;
  readonly routes: readonly Route[];
  /** Line of a call, from 1. */
  lineOf(route: number, call: number): number;
}

export function program(random: SeededRandom): Program {
  const routes = Array.from({ length: 4 + random.below(8) }, () => ({
    calls: Array.from({ length: 1 + random.below(4) }, () => random.pick(CALLS)),
    transaction: random.below(4) === 0,
  }));
  const lines = ["import { PrismaClient } from '@prisma/client';", 'const prisma = new PrismaClient();'];
  const places = new Map<string, number>();
  for (const [index, { calls, transaction }] of routes.entries()) {
    lines.push(`export async function f${index}(n: number, s: string, o: object) {`);
    if (transaction) lines.push('  return prisma.$transaction(async (tx) => {');
    for (const [at, call] of calls.entries()) {
      lines.push(`    await ${transaction ? 'tx' : 'prisma'}.${call};`);
      places.set(`${index} ${at}`, lines.length);
    }
    if (transaction) lines.push('  });');
    lines.push('}');
  }
  return {
    files: { 'prisma/schema.prisma': SCHEMA, 'src/app.ts': `${lines.join('\n')}\n` },
    routes,
    lineOf: (route, call) => places.get(`${route} ${call}`) ?? 0,
  };
}
