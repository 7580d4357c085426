import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { Ajv } from 'ajv';
import { projectFolder, SMALL_PROJECT } from '#test/support/projectFolder.ts';
import { type Printed, runCli } from './runCli.ts';

const FILE = 'src/titles.ts';
const SCHEMA = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/sql.schema.json'), 'utf8'));

const CALLS = `import { prisma } from './db';

export const list = (title?: string) => prisma.post.findMany({ where: { ...(title && { title }) }, include: { author: true } });
export const dynamic = (where: object) => prisma.post.findMany({ where });
export const both = () => Promise.all([prisma.user.count(), prisma.post.findMany({
  take: 5,
})]);
export const refused = () => prisma.post.findMany({ orderBy: { nowhere: 'asc' } });
export const raw = () => prisma.$queryRaw\`SELECT 1
  FROM "Post"\`;
export const one = (id: number) => prisma.post.findUnique({ where: { id } });
export const some = (ids: number[]) => Promise.all(ids.map((id) => prisma.post.findUnique({ where: { id } })));
`;
const PROJECT = { ...SMALL_PROJECT, 'src/calls.ts': CALLS, 'src/none.ts': 'export const one = 1;\n' };

async function sql(context: TestContext, ...args: readonly string[]): Promise<Printed> {
  return runCli(['sql', ...args], projectFolder(context, PROJECT));
}

async function json(context: TestContext, place: string) {
  const { status, stdout } = await sql(context, place, '--format', 'json');
  const output: Record<string, unknown> = JSON.parse(stdout);
  const ajv = new Ajv({ allErrors: true, strict: false });
  assert.ok(ajv.validate(SCHEMA, output), ajv.errorsText());
  return { status, query: Object(output.query), sql: Object(output.sql) };
}

test('takes a configuration that speaks of rules', async (context) => {
  const config = { 'querylens.config.json': '{ "rules": { "n-plus-one": "off" } }' };
  const { status, stderr } = await runCli(['sql', `${FILE}:6`], projectFolder(context, { ...PROJECT, ...config }));
  assert.deepEqual([status, stderr], [0, '']);
});

describe('as text', () => {
  const check = async (context: TestContext, place: string, lines: readonly RegExp[]): Promise<void> => {
    const { status, stdout, stderr } = await sql(context, place);
    assert.equal(status, 0, stderr);
    const printed = stdout.trimEnd().split('\n');
    assert.equal(printed.length, lines.length, stdout);
    for (const [at, line] of lines.entries()) assert.match(printed[at] ?? '', line);
  };

  test('a statement is one line, exactly as it is sent', (context) =>
    check(context, `${FILE}:6`, [
      /^SELECT "public"\."Post"\."id", .* WHERE "public"\."Post"\."authorId" = \$1 ORDER BY .* LIMIT \$2 OFFSET \$3$/,
      /^-- At most one row of Post$/,
    ]));
  test('what differs stands before the other ways', (context) =>
    check(context, 'src/calls.ts:3', [
      /^SELECT .*"title" = \$1/,
      /^SELECT .*"User"/,
      /^-- without where\.title$/,
      /^SELECT .*WHERE 1=1/,
      /^SELECT .*"User"/,
    ]));
  test('what could not be followed is said', (context) =>
    check(context, 'src/calls.ts:4', [/^SELECT .*WHERE 1=1/, /^-- not followed, may add to it: where$/]));
  test('a column chooses among calls of a line', (context) =>
    check(context, 'src/calls.ts:5:65', [/^SELECT .*"Post"/, /^-- At most 5 rows of Post$/]));
  test('without one it is the first', (context) =>
    check(context, 'src/calls.ts:5', [/^SELECT COUNT/, /^-- Reads every row of User: no WHERE and no LIMIT$/]));
  test('a line inside a call means the call', (context) =>
    check(context, 'src/calls.ts:6', [/^SELECT .*"Post"/, /^-- At most 5 rows of Post$/]));
  test('raw SQL over several lines is one', (context) => check(context, 'src/calls.ts:9', [/^SELECT 1 FROM "Post"$/]));
});

describe('as JSON', () => {
  test('it names the query and its statements', async (context) => {
    const { status, query, sql } = await json(context, `${FILE}:6`);
    assert.equal(status, 0);
    const { id, ...place } = query;
    assert.equal(typeof id, 'string');
    assert.deepEqual(place, {
      ...{ file: FILE, line: 6, column: 23, endLine: 6, endColumn: 44 },
      ...{ model: 'Post', operation: 'findFirst' },
    });
    assert.deepEqual([sql.kind, sql.dialect, sql.variants.length], ['compiled', 'postgresql', 1]);
    assert.deepEqual(sql.variants[0].rows, [{ kind: 'at-most', model: 'Post', rows: 1 }]);
  });
  test('a lookup of one row in a loop says what the client makes of all', async (context) => {
    const { sql } = await json(context, 'src/calls.ts:12');
    assert.match(sql.batched[0].sql, /"id" IN \(\$1/);
    assert.equal((await json(context, 'src/calls.ts:11')).sql.batched, null);
  });
  test('a call that is refused is valid output and a failed run', async (context) => {
    const { status, sql } = await json(context, 'src/calls.ts:8');
    assert.deepEqual([status, sql.kind], [2, 'not-compiled']);
    assert.match(sql.reason, /nowhere/);
  });
  test('the schema refuses what it does not know', async (context) => {
    const { stdout } = await sql(context, `${FILE}:6`, '--format', 'json');
    const wrong = JSON.parse(stdout.replaceAll('"differs"', '"difers"'));
    assert.equal(new Ajv({ strict: false }).validate(SCHEMA, wrong), false);
  });
});

describe('a place without SQL is one line that helps, and exit code 2:', () => {
  const check = (name: string, place: string, expected: RegExp): void => {
    test(name, async (context) => {
      const { status, stdout, stderr } = await sql(context, place);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, expected);
      assert.equal(stderr.trimEnd().split('\n').length, 1);
    });
  };
  check('no call there', 'src/calls.ts:1', /no Prisma call is there; the nearest are `Post\.findMany` in line 3, /);
  check('one call in the file', `${FILE}:1`, /the only one is `Post\.findFirst` in line 6/);
  check('no call in the file', 'src/none.ts:1', /there is no Prisma call in src\/none\.ts/);
  check('no such file', 'src/nowhere.ts:1', /no such file/);
  check('a folder', 'src:1', /src is a folder/);
  check('no line', FILE, /FILE:LINE/);
  check('line 0', `${FILE}:0`, /counted from 1/);
  check('a refused call', 'src/calls.ts:8', /the SQL cannot be told: .*nowhere/);
});

test('without a schema that is said', async (context) => {
  const folder = projectFolder(context, { 'src/titles.ts': SMALL_PROJECT['src/titles.ts'] });
  const { status, stderr } = await runCli(['sql', `${FILE}:6`], folder);
  assert.equal(status, 2);
  assert.match(stderr, /no Prisma schema found/);
});
