import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CONFIG_FILE } from '#analyzer/loadSettings.ts';
import type { Finding } from '#shared/finding.ts';
import { analyse } from '#test/support/analyse.ts';
import { readMeasured } from '#test/support/measuredLines.ts';

const SCHEMA = `datasource db {
  provider = "postgresql"
}
model User {
  id    Int    @id
  name  String
  posts Post[]
}
model Post {
  id       Int    @id
  title    String
  authorId Int
  author   User   @relation(fields: [authorId], references: [id])
}
`;

const IMPORT = "import { prisma } from './db';\n";

/** A list without a bound, of which nobody knows who asks for it: a hint, by the code alone. */
const UNASKED = `${IMPORT}export const all = () => prisma.post.findMany({ select: { id: true, title: true } });\n`;

/** The same for a route. */
const LIST = `import express from 'express';
${IMPORT}const app = express();
app.get('/posts', async (_, response) => {
  response.json(await prisma.post.findMany({ select: { id: true, title: true } }));
});
`;

const LOOP = `${IMPORT}export async function names(ids: number[]) {
  for (const id of ids) console.log((await prisma.user.findFirst({ where: { id }, select: { name: true } }))?.name);
}
`;

/** The query stands in a function that the loop calls. */
const HELPER = `${IMPORT}const nameOf = (id: number) => prisma.user.findFirst({ where: { id }, select: { name: true } });
export async function names(ids: number[]) {
  for (const id of ids) console.log((await nameOf(id))?.name);
}
`;

const HELPER_OF_OTHERS = `${HELPER}export const one = async (id: number) => (await nameOf(id))?.name;\n`;

/** \`Post.authorId\` has no index. */
const LOOKUP = `${IMPORT}export const by = (authorId: number) => prisma.post.findMany({ where: { authorId }, take: 9, select: { id: true } });\n`;

interface Expected {
  readonly severity: Finding['severity'];
  readonly proof?: Finding['proof'];
  /** What its message gains; null where it stays as it is. */
  readonly says: string | null;
}

const UNCHANGED: Expected = { severity: 'warning', proof: 'schema', says: null };

async function found(rule: string, code: string, measured: string, config: object = {}): Promise<readonly Finding[]> {
  const files = {
    'package.json': '{ "name": "example" }',
    'prisma/schema.prisma': SCHEMA,
    'src/a.ts': code,
    [CONFIG_FILE]: JSON.stringify(config),
  };
  const lines = readMeasured(`// @measured ${measured}`).measured;
  const { findings, problems } = await analyse(files, undefined, measured === '' ? [] : lines);
  assert.deepEqual(problems, []);
  return findings.filter((finding) => finding.rule === rule);
}

/** What becomes of the only finding of a rule once something was measured. */
function check(
  name: string,
  [rule, code]: readonly [string, string],
  measured: string,
  expected: Expected,
  config: object = {},
) {
  test(name, async () => {
    const [[before], [after]] = [await found(rule, code, '', config), await found(rule, code, measured, config)];
    assert.ok(before && after);
    assert.equal(after.id, before.id);
    assert.deepEqual(
      { severity: after.severity, proof: after.proof, message: after.message },
      {
        severity: expected.severity,
        proof: expected.proof ?? before.proof,
        message: expected.says === null ? before.message : `${before.message} ${expected.says}`,
      },
    );
    assert.ok(after.measurement !== null);
  });
}

describe('a finding about time', () => {
  const list = ['unbounded-query', LIST] as const;
  const quick: Expected = { severity: 'hint', says: 'Measured: p95 10 ms over 1k calls, so only a hint.' };
  check('is a hint where the call is quick', list, 'Post.findMany p95=10', quick);
  check('is not where it is a little slower', list, 'Post.findMany p95=10.1', UNCHANGED);
  check('is not with fewer samples', list, 'Post.findMany p95=10 calls=999', UNCHANGED);
  check('is not where a request makes many such calls', list, 'Post.findMany p95=2 perRequest=6', UNCHANGED);
  check('is by the slowest of all, where only totals are known', list, 'Post.findMany mean=1 max=9', {
    ...{ severity: 'hint', says: 'Measured: mean 1 ms, at most 9 ms over 1k calls, so only a hint.' },
  });
  check('is not by a mean alone', list, 'Post.findMany mean=1 max=11', UNCHANGED);
  check(
    'is not by what stands under a label, for a cache may have answered',
    list,
    'Post.findMany p95=1 match=label',
    UNCHANGED,
  );

  const slow: Expected = {
    ...{ severity: 'warning', proof: 'observed', says: 'Measured: p95 500 ms, mean 250 ms over 1k calls.' },
  };
  check('is observed where the call is slow', list, 'Post.findMany p95=500', slow);
  check('is with just enough samples', list, 'Post.findMany p95=500 calls=100', {
    ...{ severity: 'warning', proof: 'observed', says: 'Measured: p95 500 ms, mean 250 ms over 100 calls.' },
  });
  check('is not with fewer', list, 'Post.findMany p95=500 calls=99', UNCHANGED, { rules: { 'slow-query': 'off' } });
  check('is not where it is a little quicker', list, 'Post.findMany p95=499 mean=90', UNCHANGED);
  check('is by a label too', list, 'Post.findMany p95=500 match=label', slow);
  check('is by a mean that is as long', list, 'Post.findMany mean=500', {
    ...{ severity: 'warning', proof: 'observed', says: 'Measured: mean 500 ms, at most 1 s over 1k calls.' },
  });
  check('is where a quick call is so frequent that it adds up', list, 'Post.findMany p95=4 mean=2 perHour=180000', {
    ...{ severity: 'warning', proof: 'observed' },
    says: "Measured: 180k calls/h of 2 ms take 10 % of a connection's time.",
  });
  check('rises from a hint', ['unbounded-query', UNASKED], 'Post.findMany p95=500', slow);
  check('is not by the model alone', list, 'Post.findMany p95=900 match=model', UNCHANGED);
});

describe('a finding about repetition', () => {
  const loop = ['n-plus-one', LOOP] as const;
  check(
    'is a hint where nothing repeats, however slow the call',
    loop,
    'User.findFirst p95=900 mean=400 perRequest=1',
    {
      ...{ severity: 'hint', says: 'Measured: 1 per request of 400 ms each over 1k calls, so only a hint.' },
    },
  );
  check('is one up to the threshold', loop, 'User.findFirst p95=20 mean=15 perRequest=1.5', {
    ...{ severity: 'hint', says: 'Measured: 1.5 per request of 15 ms each over 1k calls, so only a hint.' },
  });
  check('is none above it', loop, 'User.findFirst p95=20 mean=15 perRequest=1.6', UNCHANGED);
  check('is one where all of them are quick together', loop, 'User.findFirst p95=1 mean=0.5 perRequest=10', {
    ...{ severity: 'hint', says: 'Measured: 10 per request of 0.5 ms each over 1k calls, so only a hint.' },
  });
  check('is hot where many quick calls are slow together', loop, 'User.findFirst p95=3 mean=2 perRequest=37', {
    ...{
      severity: 'warning',
      proof: 'observed',
      says: 'Measured: 37 per request of 2 ms each, 74 ms together, over 1k calls.',
    },
  });
  check('is not where they take a little less', loop, 'User.findFirst p95=3 mean=2 perRequest=24', UNCHANGED);
  check('is open where requests were not told apart', loop, 'User.findFirst p95=1', UNCHANGED);
  check('is hot where the repeated call is slow by itself', loop, 'User.findFirst p95=500', {
    ...{ severity: 'warning', proof: 'observed', says: 'Measured: p95 500 ms, mean 250 ms over 1k calls.' },
  });
  check('is a hint with just enough samples only', loop, 'User.findFirst perRequest=1 calls=999', UNCHANGED);
  check('is open with too few samples', loop, 'User.findFirst p95=3 mean=2 perRequest=37 calls=99', UNCHANGED);

  const helper = ['n-plus-one', HELPER] as const;
  check('hears of a query behind a call', helper, 'User.findFirst mean=2 p95=3 perRequest=37', {
    ...{ severity: 'warning', proof: 'observed' },
    says: 'Measured of `User.findFirst`: 37 per request of 2 ms each, 74 ms together, over 1k calls.',
  });
  check('is a hint by it where nothing else makes that query', helper, 'User.findFirst perRequest=1', {
    ...{ severity: 'hint' },
    says: 'Measured of `User.findFirst`: 1 per request of 0.5 ms each over 1k calls, so only a hint.',
  });
  check('is not where others make it too', ['n-plus-one', HELPER_OF_OTHERS], 'User.findFirst perRequest=1', UNCHANGED);
});

describe('a finding about waits', () => {
  const TWO = `import express from 'express';
${IMPORT}const app = express();
app.get('/counts', async (_, response) => {
  const posts = await prisma.post.count();
  const users = await prisma.user.count();
  response.json({ posts, users });
});
`;
  const waits = async (...measured: readonly string[]) => {
    const [finding] = await found('sequential-awaits', TWO, measured.join('\n// @measured '));
    return `${finding?.severity} ${finding?.proof} ${/ Measured.*$/.exec(finding?.message ?? '')?.[0] ?? ''}`.trim();
  };

  test('is a hint where all but the longest are short', async () => {
    const said = 'hint schema  Measured: p95 2 ms over 1k calls, so only a hint.';
    assert.equal(await waits('Post.count p95=400', 'User.count p95=2'), said);
    assert.equal(
      await waits('Post.count p95=1', 'User.count p95=2'),
      said.replace('Measured', 'Measured of `Post.count`').replace('2 ms', '1 ms'),
    );
  });
  test('is observed where two are long, by what is lost', async () =>
    assert.equal(
      await waits('Post.count p95=600', 'User.count p95=900 mean=50'),
      'warning observed  Measured of `Post.count`: p95 600 ms, mean 300 ms over 1k calls.',
    ));
  test('is open where one is long, or one is not known', async () => {
    assert.equal(await waits('Post.count p95=600', 'User.count p95=100'), 'info schema');
    assert.equal(await waits('User.count p95=600'), 'info schema');
  });
  test('does not make a call slow', async () =>
    assert.equal((await found('slow-query', TWO, 'User.count p95=600')).length, 1));
});

describe('a finding in the schema', () => {
  const index = ['missing-index', LOOKUP] as const;
  check('is a hint by the query it speaks of', index, 'Post.findMany p95=9', {
    ...{ severity: 'hint', says: 'Measured of `Post.findMany`: p95 9 ms over 1k calls, so only a hint.' },
  });
  check('is observed by it', index, 'Post.findMany p95=812 mean=300', {
    ...{
      severity: 'warning',
      proof: 'observed',
      says: 'Measured of `Post.findMany`: p95 812 ms, mean 300 ms over 1k calls.',
    },
  });
  test('says it beside the query', async () => {
    const [finding] = await found('missing-index', LOOKUP, 'Post.findMany p95=812 mean=300');
    assert.match(finding?.related[0]?.message ?? '', / \(p50 300 ms · p95 812 ms · 10 calls\/h\)$/);
  });
});

describe('what the configuration says', () => {
  const list = ['unbounded-query', LIST] as const;
  const level = (severity: string) => ({ rules: { 'unbounded-query': severity } });
  check('wins over harmless', list, 'Post.findMany p95=1', { severity: 'info', says: null }, level('info'));
  check(
    ...(['wins over hot', list, 'Post.findMany p95=900 mean=400'] as const),
    { severity: 'info', proof: 'observed', says: 'Measured: p95 900 ms, mean 400 ms over 1k calls.' },
    level('info'),
  );
  check(
    'moves the thresholds',
    list,
    'Post.findMany p95=20 calls=5',
    {
      ...{ severity: 'hint', says: 'Measured: p95 20 ms over 5 calls, so only a hint.' },
    },
    { measured: { harmlessMs: 20, harmlessSamples: 5 } },
  );
});

test('without measurements, findings are the same objects of the same bytes', async () => {
  const [plain, empty] = [await found('unbounded-query', LIST, ''), await found('unbounded-query', LIST, '')];
  assert.equal(JSON.stringify(plain), JSON.stringify(empty));
  assert.equal(plain[0]?.measurement, null);
});

describe('a slow call is said to be slow once:', () => {
  const check = (name: string, code: string, measured: string, expected: readonly string[], config: object = {}) =>
    test(name, async () => {
      const lists = await Promise.all(
        ['slow-query', 'unbounded-query', 'n-plus-one'].map((rule) => found(rule, code, measured, config)),
      );
      assert.deepEqual(
        lists.flat().map(({ rule, severity }) => `${rule} ${severity}`),
        expected,
      );
    });
  const MEAN = 'Post.findMany p95=300 mean=150';

  check('the finding at the call rises by it', UNASKED, MEAN, ['unbounded-query warning']);
  check('that one stays as loud as it was', LIST, MEAN, ['unbounded-query warning']);
  check(
    'it is said by itself where the other finding is kept quiet',
    LIST,
    MEAN,
    ['slow-query warning', 'unbounded-query hint'],
    {
      rules: { 'unbounded-query': 'hint' },
    },
  );
  check('and where it is off', LIST, MEAN, ['slow-query warning'], { rules: { 'unbounded-query': 'off' } });
  check('a loop that does not repeat does not explain it', LOOP, 'User.findFirst p95=900 mean=400 perRequest=1', [
    ...['slow-query warning', 'n-plus-one hint'],
  ]);
  check('one that does does', LOOP, 'User.findFirst p95=900 mean=400 perRequest=20', ['n-plus-one warning']);
  check('the rule may be off', LIST, MEAN, ['unbounded-query warning'], { rules: { 'slow-query': 'off' } });

  test('with the figures beside the cause', async () => {
    const [finding] = await found('unbounded-query', UNASKED, MEAN);
    assert.match(finding?.message ?? '', / Measured: p95 300 ms, mean 150 ms over 1k calls\.$/);
    assert.equal(finding?.proof, 'observed');
  });
});
