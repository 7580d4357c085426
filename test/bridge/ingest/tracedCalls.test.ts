import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSampleCounter } from '#bridge/ingest/countSamples.ts';
import type { StatementSample } from '#bridge/sample.ts';
import { otlp } from '#bridge/sources/otlp.ts';
import { createTallies } from '#bridge/store/tally.ts';
import { BLOG_SCHEMA } from '../support/blogSchema.ts';
import { indexOf, lineOf } from '../support/indexOf.ts';

const { index, graph } = await indexOf({
  'prisma/schema.prisma': BLOG_SCHEMA,
  'src/db.ts': "import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n",
  'src/calls.ts': `import { prisma } from './db';
export const withPosts = () => prisma.user.findMany({ where: { id: { gt: 5 } }, include: { posts: true } });
export const without = () => prisma.user.findMany({ where: { id: { gt: 5 } } });
export const others = () => prisma.user.findMany({ where: { name: 'x' }, include: { posts: true } });
`,
});

const USERS =
  'SELECT "public"."User"."id", "public"."User"."name" FROM "public"."User" WHERE "public"."User"."id" > $1 OFFSET $2';
const NAMED = USERS.replace('"id" > $1', '"name" = $1');
const POSTS = `SELECT "public"."Post"."id", "public"."Post"."title", "public"."Post"."authorId" FROM "public"."Post"
  WHERE "public"."Post"."authorId" IN ($1,$2) OFFSET $3`;

/** What statements, each with its call, are counted as: `line part`, or how they were matched. */
function check(
  statements: readonly (readonly [call: string, sql: string])[],
  expected: Readonly<Record<string, number>>,
): void {
  const counter = createSampleCounter(index);
  const tallies = createTallies();
  for (const [call, sql] of statements) {
    const caller = { call, model: 'User', operation: 'findMany', file: null, line: null };
    const sample: StatementSample = {
      kind: 'statement',
      at: Date.now(),
      sql,
      ms: 1,
      rows: null,
      rowsExamined: null,
      plan: null,
      database: null,
      caller,
    };
    counter.count(sample, otlp, tallies);
  }
  counter.settle(tallies);
  const lines = new Map(graph.sites.map((site) => [site.id, lineOf(site)]));
  const { tallies: counted } = tallies.take();
  const told: Record<string, number> = {};
  for (const { subject, count } of counted) {
    const { site, match, part } = subject;
    const key = site ? `${lines.get(site)} ${part}` : match;
    told[key] = (told[key] ?? 0) + count;
  }
  assert.deepEqual(told, expected);
}

test('a call that sends one statement of a traced call sent them all', () => {
  check([['a', USERS]], { ambiguous: 1 });
  check(
    [
      ['a', USERS],
      ['a', POSTS],
    ],
    { '2 first': 1, '2 further': 1 },
  );
  check(
    [
      ['a', NAMED],
      ['a', POSTS],
      ['a', POSTS],
    ],
    { '4 first': 1, '4 further': 2 },
  );
});

test('what another call sent tells nothing', () => {
  check(
    [
      ['a', USERS],
      ['b', POSTS],
    ],
    { ambiguous: 2 },
  );
  check(
    [
      ['a', USERS],
      ['a', POSTS],
      ['b', USERS],
      ['b', POSTS],
    ],
    { '2 first': 2, '2 further': 2 },
  );
});

test('statements that no one call sends together stay as they are', () =>
  check(
    [
      ['a', NAMED],
      ['a', USERS],
      ['a', 'SELECT 1 FROM "Other"'],
    ],
    { '4 first': 1, ambiguous: 1, model: 1 },
  ));

test('the route of a traced request is kept without values', () => {
  const counter = createSampleCounter(index);
  const tallies = createTallies();
  const none = { rows: null, rowsExamined: null, plan: null, database: null };
  const sample: StatementSample = { kind: 'statement', at: Date.now(), sql: NAMED, ms: 1, ...none, request: 'r' };
  counter.count(sample, otlp, tallies);
  counter.count({ ...sample, route: 'GET /users/canary7f3a?x=1' }, otlp, tallies);
  counter.settle(tallies);
  const { requests } = tallies.take();
  assert.deepEqual(
    requests.map(({ route, executions }) => [route, executions]),
    [['GET /users/:value', 2]],
  );
});
