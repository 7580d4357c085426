import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Attribution, attributeCall, attributeName, attributeStatement } from '#bridge/attribute/attribute.ts';
import type { Caller } from '#bridge/sample.ts';
import type { ProbeSample } from '#shared/probeSample.ts';
import { canonicalSql, foldedSql } from '#sql/canonical/canonicalSql.ts';
import { BLOG_SCHEMA } from '../support/blogSchema.ts';
import { indexOf, lineOf } from '../support/indexOf.ts';

const CALLS = `import { prisma, timed } from './db';
export const byId = (id: number) => prisma.user.findUnique({ where: { id } });
export const named = (name: string) => prisma.user.findMany({ where: { name }, take: 5 });
export const twice = () => Promise.all([prisma.user.count(), prisma.post.count()]);
export const withPosts = () => prisma.user.findMany({ where: { id: { gt: 5 } }, include: { posts: true } });
export const without = () => prisma.user.findMany({ where: { id: { gt: 5 } } });
export const dynamic = (where: object) => prisma.post.findMany({ where, select: { id: true } });
export const titled = (title: string) => prisma.post.findMany({ where: { title }, select: { id: true } });
export const labelled = () => timed('slowCount', () => prisma.post.count({ where: { id: 3 } }));
export const page = (where: object) =>
  prisma.post.findMany({
    where,
    select: { title: true },
  });
export const each = (ids: number[]) =>
  Promise.all(ids.map((id) => prisma.user.findUnique({ where: { id }, select: { id: true } })));
`;

const { index } = await indexOf({
  'prisma/schema.prisma': BLOG_SCHEMA,
  'src/db.ts': "import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n",
  'src/calls.ts': CALLS,
});

const USER = 'SELECT "public"."User"."id", "public"."User"."name" FROM "public"."User" WHERE';
const NAMED = `${USER} "public"."User"."name" = $1 ORDER BY "public"."User"."id" ASC LIMIT $2 OFFSET $3`;
const MORE_THAN = `${USER} "public"."User"."id" > $1 OFFSET $2`;
const POST_IDS = 'SELECT "public"."Post"."id" FROM "public"."Post" WHERE';

/** `exact 3 first`, `ambiguous 5 6`. */
function words(answer: Attribution): string {
  if (answer.kind === 'site') return `${answer.match} ${lineOf(answer.site)} ${answer.part}`;
  if (answer.kind === 'ambiguous') return ['ambiguous', ...answer.candidates.map(lineOf)].join(' ');
  if (answer.kind === 'model') return `model ${answer.name} ${answer.candidates.map(lineOf).join(' ')}`;
  return answer.kind;
}

describe('a statement', () => {
  const check = (name: string, sql: string, expected: string): void => {
    test(name, () => {
      assert.equal(words(attributeStatement(index, canonicalSql(sql, 'postgresql'), 'postgresql')), expected);
    });
  };
  check('that one call sends is its', NAMED, 'shape 3 first');
  check('with literals in place of parameters too', NAMED.replace('$1', "'it''s'"), 'shape 3 first');
  check('of a lookup is its', `${USER} ("public"."User"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3`, 'shape 2 first');
  check(
    'of several lookups at once too',
    'SELECT "public"."User"."id" FROM "public"."User" WHERE "public"."User"."id" IN ($1,$2) OFFSET $3',
    'shape 16 first',
  );
  check('that two calls begin with is of neither', MORE_THAN, 'ambiguous 5 6');
  check(
    'that follows in one of them is its',
    'SELECT "public"."Post"."id", "public"."Post"."title", "public"."Post"."authorId" FROM "public"."Post" WHERE "public"."Post"."authorId" IN ($1,$2,$3) OFFSET $4',
    'shape 5 further',
  );
  check(
    'that a call with unknown conditions may send as well',
    `${POST_IDS} "public"."Post"."title" = $1 OFFSET $2`,
    'ambiguous 8 7',
  );
  check(
    'that only a call with unknown conditions can send is its',
    `${POST_IDS} "public"."Post"."authorId" < $1 OFFSET $2`,
    'shape 7 first',
  );
  check('of nobody is unmatched', 'SELECT * FROM "Other"', 'unmatched');
  check('that ends a transaction is none', 'COMMIT', 'control');
  check('that begins one is none', 'BEGIN ISOLATION LEVEL SERIALIZABLE', 'control');
});

describe('a tag in a comment', () => {
  const check = (name: string, tag: string, expected: string, sql = MORE_THAN): void => {
    test(name, () => {
      const canonical = canonicalSql(`${sql} /*${tag}*/`, 'postgresql');
      assert.equal(words(attributeStatement(index, canonical, 'postgresql')), expected);
    });
  };
  check('of ours decides', "querylens='src%2Fcalls.ts%3A6%3A38'", 'exact 6 first');
  check('among other tags too', "a='b',querylens='src%2Fcalls.ts%3A6%3A38',traceparent='00-1'", 'exact 6 first');
  check('without a column', "site='src%2Fcalls.ts%3A5'", 'exact 5 first');
  check('of OpenTelemetry', "code.filepath='%2Fapp%2Fsrc%2Fcalls.ts',code.lineno='6'", 'exact 6 first');
  check('of newer OpenTelemetry', "code.file.path='src%2Fcalls.ts',code.line.number='6'", 'exact 6 first');
  check('with file and line apart', "file='src%2Fcalls.ts',line='6'", 'exact 6 first');
  check('of a bundler on Windows', "querylens='C%3A%5Capp%5Csrc%5Ccalls.ts%3A6%3A38'", 'exact 6 first');
  check('in the middle of a call of several lines', "site='src%2Fcalls.ts%3A12'", 'exact 11 first', `${POST_IDS} 1=1`);
  check(
    'chooses between calls of a line',
    "querylens='src%2Fcalls.ts%3A4%3A77'",
    'exact 4 first',
    'SELECT 1 FROM "public"."Post"',
  );
  check('that is of a line without a call is none', "site='src%2Fcalls.ts%3A1'", 'ambiguous 5 6');
  check('that is of another file is none', "site='src%2Fother.ts%3A6'", 'ambiguous 5 6');
  check('that is not whole is none', "site='src%2Fcalls.ts%3A", 'ambiguous 5 6');
  check('that a later edit made wrong does not count', "site='src%2Fcalls.ts%3A3'", 'ambiguous 5 6');
  check("of Prisma's insights about another call", "prismaQuery='Post.count'", 'model Post.count 4 9');
});

describe("a comment of Prisma's insights", () => {
  const PARAMETER = { $type: 'Param', value: { name: '%1', type: 'Int' } };
  const WHERE = { id: { gt: PARAMETER } };
  const check = (name: string, query: string, args: unknown, expected: string, sql = MORE_THAN): void => {
    test(name, () => {
      const encoded = Buffer.from(JSON.stringify(args)).toString('base64url');
      const canonical = foldedSql(
        `${sql} /*prismaQuery='${encodeURIComponent(`${query}:${encoded}`)}'*/`,
        'postgresql',
      );
      assert.equal(words(attributeStatement(index, canonical, 'postgresql')), expected);
    });
  };
  check('tells by what is included', 'User.findMany', { where: WHERE, include: { posts: true } }, 'shape 5 first');
  check('and by what is not', 'User.findMany', { where: WHERE }, 'shape 6 first');
  check('by values that are written', 'User.findMany', { where: { name: PARAMETER }, take: 5 }, 'shape 3 first', NAMED);
  check(
    'is of none where they differ',
    'User.findMany',
    { where: { name: PARAMETER }, take: 6 },
    'model User.findMany 3 5 6',
    NAMED,
  );
  check(
    'tells whose a statement is that another version writes otherwise',
    'User.findMany',
    { where: WHERE, include: { posts: true } },
    'shape 5 first',
    'SELECT 1 FROM "public"."User"',
  );
  check(
    'knows the operations by the names of the engine',
    'Post.aggregate',
    { where: { id: PARAMETER }, select: { _count: { select: { _all: true } } } },
    'shape 9 first',
    'SELECT 1 FROM "public"."Post"',
  );
  check('that cannot be read names the model', 'User.findMany', '', 'model User.findMany 3 5 6', 'SELECT 1 FROM x');
});

describe('values', () => {
  const check = (name: string, sql: string, parameters: readonly (string | null)[], expected: string): void => {
    test(name, () => {
      const told = { parameters };
      assert.equal(words(attributeStatement(index, foldedSql(sql, 'postgresql'), 'postgresql', told)), expected);
    });
  };
  check('that agree with the code are its', NAMED, ['Ann', '5', '0'], 'shape 3 first');
  check('that the code does not say may be anything', NAMED, [null, '5', '0'], 'shape 3 first');
  check('that are other than the code says are of nobody', NAMED, ['Ann', '6', '0'], 'unmatched');
  check('tell calls of the same statement apart', MORE_THAN, ['5', '0'], 'ambiguous 5 6');
  check('that are missing tell nothing', NAMED, [], 'shape 3 first');
  check('in the text count as well', NAMED.replace('$2', '7'), ['Ann'], 'unmatched');
});

describe('the call a trace tells of', () => {
  const check = (name: string, caller: Caller, expected: string, sql = MORE_THAN): void => {
    test(name, () => {
      const answer = attributeStatement(index, foldedSql(sql, 'postgresql'), 'postgresql', { caller });
      assert.equal(words(answer), expected);
    });
  };
  const find = { model: 'User', operation: 'findMany', file: null, line: null };
  check('by its place is its', { ...find, file: '/app/src/calls.ts', line: 6 }, 'exact 6 first');
  check(
    'by a place of another call is not',
    { ...find, operation: 'count', file: 'src/calls.ts', line: 6 },
    'model User.count 4',
  );
  check('by its model narrows', find, 'ambiguous 5 6');
  check(
    'by its model leaves those that may send it',
    { ...find, model: 'Post' },
    'ambiguous 8 7',
    `${POST_IDS} "public"."Post"."title" = $1 OFFSET $2`,
  );
  check('of raw SQL tells nothing', { ...find, model: null, operation: 'queryRaw' }, 'ambiguous 5 6');
});

describe('a transaction', () => {
  const check = (name: string, inTransaction: boolean, expected: string): void => {
    test(name, async () => {
      const { index } = await indexOf({
        'prisma/schema.prisma': BLOG_SCHEMA,
        'src/calls.ts': `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
export const plain = (name: string) => prisma.user.findMany({ where: { name } });
export const inside = (name: string) => prisma.$transaction(async (tx) => tx.user.findMany({ where: { name } }));
export const together = (id: number) => prisma.$transaction([prisma.user.count({ where: { id } }), prisma.post.count()]);
`,
      });
      const statement = foldedSql(`${USER} "public"."User"."name" = $1 OFFSET $2`, 'postgresql');
      assert.equal(words(attributeStatement(index, statement, 'postgresql', { inTransaction })), expected);
    });
  };
  check('is not where a client of its own asks', true, 'shape 4 first');
  check('is where its callback asks', false, 'shape 3 first');
});

describe('other versions of Prisma', () => {
  const check = (name: string, sql: string, expected: string, version?: string): void => {
    test(name, async () => {
      const { index } = await indexOf({
        'prisma/schema.prisma': BLOG_SCHEMA,
        ...(version && { 'package.json': JSON.stringify({ dependencies: { '@prisma/client': version } }) }),
        'src/calls.ts': `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
export const has = (name: string) => prisma.user.findMany({ where: { name: { contains: name, mode: 'insensitive' } } });
export const is = (name: string) => prisma.user.findMany({ where: { name: { equals: name, mode: 'insensitive' } } });
export const one = (id: number) => prisma.post.findUnique({ where: { id }, include: { author: true } });
`,
      });
      assert.equal(words(attributeStatement(index, foldedSql(sql, 'postgresql'), 'postgresql')), expected);
    });
  };
  const search = `${USER} "public"."User"."name" ILIKE $1 OFFSET $2`;
  check('write searches like comparisons', search, 'ambiguous 3 4');
  check('which this one does not', search, 'shape 4 first', '7.10.0');
});

describe('what the application tells', () => {
  const call: ProbeSample = {
    ...{ v: 1, at: 0, ms: 1, file: 'src/calls.ts', line: 6, column: 38, model: 'User', operation: 'findMany' },
  };
  const check = (name: string, changed: Partial<ProbeSample>, expected: string): void => {
    test(name, () => assert.equal(words(attributeCall(index, { ...call, ...changed })), expected));
  };
  check('of a call is of the call there', {}, 'exact 6 call');
  check('of one of two on a line', { line: 4, column: 73, model: 'Post', operation: 'count' }, 'exact 4 call');
  check('of a place where another call is now', { line: 2 }, 'model User.findMany 3 5 6');
  check('of generated code', { generated: true }, 'model User.findMany 3 5 6');
  check('without a place', { file: null }, 'model User.findMany 3 5 6');
  check('of a model there is not', { file: null, model: 'Other' }, 'unmatched');

  const checkName = (name: string, expected: string): void => {
    test(`by the name ${name}`, () => assert.equal(words(attributeName(index, name)), expected));
  };
  checkName('slowCount', 'label 9 call');
  checkName('User.findMany', 'model User.findMany 3 5 6');
  checkName('user.findUnique', 'model User.findUnique 2 16');
  checkName('somethingElse', 'unmatched');
});
