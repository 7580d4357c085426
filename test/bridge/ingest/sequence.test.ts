import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSampleCounter } from '#bridge/ingest/countSamples.ts';
import { postgresText } from '#bridge/sources/postgresText.ts';
import type { RequestPart } from '#bridge/store/requestTally.ts';
import { createTallies, type Tallies } from '#bridge/store/tally.ts';
import { BLOG_SCHEMA } from '../support/blogSchema.ts';
import { indexOf, lineOf } from '../support/indexOf.ts';

const CALLS = `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
export const plain = (name: string) => prisma.user.findMany({ where: { name } });
export const withPosts = (name: string) => prisma.user.findMany({ where: { name }, include: { posts: true } });
export const counted = async (name: string) => {
  await prisma.user.findMany({ where: { name } });
  return prisma.post.count();
};
export const inside = (name: string) =>
  prisma.$transaction(async (tx) => {
    await tx.user.findMany({ where: { name } });
    await tx.post.deleteMany({ where: { title: name } });
  });
`;

const { index, graph } = await indexOf({ 'prisma/schema.prisma': BLOG_SCHEMA, 'src/calls.ts': CALLS });
const lines = new Map(graph.sites.map((site) => [site.id, lineOf(site)]));

const USERS =
  'SELECT "public"."User"."id", "public"."User"."name" FROM "public"."User" WHERE "public"."User"."name" = $1 OFFSET $2';
const POSTS =
  'SELECT "public"."Post"."id", "public"."Post"."title", "public"."Post"."authorId" FROM "public"."Post" WHERE "public"."Post"."authorId" IN ($1) OFFSET $2';
const COUNT =
  'SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."Post"."id" FROM "public"."Post" WHERE 1=1 OFFSET $1) AS "sub"';
const DELETE = 'DELETE FROM "public"."Post" WHERE "public"."Post"."title" = $1';

/** Lines on which executions are put, by the order they are given in; null for those of several calls. */
function linesOf(log: readonly (readonly [session: string, sql: string, ms?: number])[]) {
  const told = new Map<number, number | null>();
  const into: Tallies = {
    ...createTallies(),
    execution: ({ site }, _, ms) => void told.set(ms, site === null ? null : (lines.get(site) ?? null)),
  };
  const counter = createSampleCounter(index);
  // A log in which everything is, for a while.
  const before = Array.from({ length: 10 }, (_, turn) => [
    ['9', 'BEGIN'],
    ['9', `SELECT ${turn} FROM other`],
    ['9', 'COMMIT'],
  ]).flat() as [string, string][];
  for (const [at, [session, sql, ms = 0.5]] of [...before, ...log].entries())
    counter.count(
      {
        ...{ kind: 'statement', sql, ms: ms + at / 1e6, at: 1_767_261_600_000 + at * 20, session },
        ...{ rows: null, rowsExamined: null, plan: null, database: null },
      },
      postgresText,
      into,
    );
  counter.settle(into);
  return log.flatMap(([, sql, ms = 0.5], at) =>
    /^(?:BEGIN|COMMIT)/.test(sql) ? [] : [told.get(ms + (before.length + at) / 1e6)],
  );
}

describe('calls of the same statement', () => {
  const check = (name: string, log: Parameters<typeof linesOf>[0], expected: readonly (number | null)[]): void => {
    test(name, () => assert.deepEqual(linesOf(log), expected));
  };
  check('are not told apart by it alone', [['1', USERS]], [null]);
  check(
    'are by what follows for a relation, over another connection too',
    [
      ['1', USERS],
      ['2', POSTS],
    ],
    [4, 4],
  );
  check(
    'are by what comes next in the function',
    [
      ['1', USERS],
      ['1', COUNT],
    ],
    [6, 7],
  );
  check(
    'are not where two may have come before',
    [
      ['1', USERS],
      ['2', USERS],
      ['1', COUNT],
    ],
    [null, null, 7],
  );
  check(
    'are where of two one is known',
    [
      ['1', USERS],
      ['1', POSTS],
      ['2', USERS],
      ['1', COUNT],
    ],
    [4, 4, 6, 7],
  );
  check(
    'are by the transaction they share',
    [
      ['1', 'BEGIN'],
      ['1', USERS],
      ['2', USERS],
      ['1', DELETE],
      ['1', 'COMMIT'],
    ],
    [11, null, 12],
  );
});

test('statements of one request are told by the trace in their comments', async () => {
  const requests: (RequestPart | null | undefined)[] = [];
  const into: Tallies = { ...createTallies(), execution: (_, __, ___, ____, request) => void requests.push(request) };
  const counter = createSampleCounter(index);
  const trace = '0af7651916cd43dd8448eb211c80319c';
  const sample = {
    kind: 'statement',
    ms: 1,
    at: 0,
    rows: null,
    rowsExamined: null,
    plan: null,
    database: null,
  } as const;
  counter.count({ ...sample, sql: `${COUNT} /*traceparent='00-${trace}-b7ad6b7169203331-01'*/` }, postgresText, into);
  counter.count({ ...sample, sql: COUNT }, postgresText, into);
  assert.deepEqual(
    requests.map((request) => request?.id),
    [trace, undefined],
  );
});
