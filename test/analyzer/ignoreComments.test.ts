import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyse } from '#test/support/analyse.ts';
import { applyFixes } from '#test/support/applyFixes.ts';
import { LOOP, SMALL_PROJECT, SMALL_SCHEMA } from '#test/support/projectFolder.ts';

const UNINDEXED = SMALL_SCHEMA.replace('  @@index([authorId, id])\n', '');
const CALL = '    titles.push(';

/** Findings of the file as `rule:line`, with what is said of ignore comments. */
async function check(text: string, expected: readonly string[], says?: RegExp, schema = SMALL_SCHEMA): Promise<void> {
  const files = { ...SMALL_PROJECT, 'prisma/schema.prisma': schema, 'src/titles.ts': text };
  const { findings } = await analyse(files);
  assert.deepEqual(
    findings.map(({ rule, line }) => `${rule}:${line}`),
    expected,
  );
  if (says) assert.match(findings.map(({ message }) => message).join('\n'), says);
}

const above = (comment: string): string => LOOP.replace(CALL, `    ${comment}\n${CALL}`);

describe('an ignore comment hides', () => {
  test('the next line', () => check(above('// querylens-ignore-next-line n-plus-one -- three at most'), []));
  test('any rule when it names none', () => check(above('// querylens-ignore-next-line -- three at most'), []));
  test('its own line', () =>
    check(LOOP.replace("'asc' } }));", "'asc' } })); // querylens-ignore-line n-plus-one -- few"), []));
  test('a file', () => check(`// querylens-ignore-file n-plus-one -- a one-off\n${LOOP}`, []));
  test('a stretch', () =>
    check(
      `// querylens-ignore-start n-plus-one -- a one-off\n${LOOP}// querylens-ignore-end n-plus-one\nexport const end = 1;\n`,
      [],
    ));
  test('a call over several lines, from above its statement', () =>
    check(
      above('// querylens-ignore-next-line n-plus-one -- few').replace('prisma.post.', 'prisma.post\n        .'),
      [],
    ));
  test('from a stack of comments', () =>
    check(
      above('// querylens-ignore-next-line n-plus-one -- few\n    // querylens-ignore-next-line write-in-loop -- few'),
      ['unused-ignore:7'],
    ));
  test('in a schema', async () => {
    const code = above('// querylens-ignore-next-line n-plus-one -- few');
    await check(code, ['missing-index:14'], undefined, UNINDEXED);
    const ignored = UNINDEXED.replace(
      '  authorId',
      '  /// querylens-ignore-next-line missing-index -- small\n  authorId',
    );
    await check(code, [], undefined, ignored);
  });
});

describe('an ignore comment hides nothing and is reported', () => {
  test('without a reason', () =>
    check(
      above('// querylens-ignore-next-line n-plus-one'),
      ['ignore-without-reason:6', 'n-plus-one:7'],
      /gives no reason and hides nothing. Say why after two dashes/,
    ));
  test('with a rule that does not exist', () =>
    check(
      above('// querylens-ignore-next-line n-plus-won -- few'),
      ['unused-ignore:6', 'n-plus-one:7'],
      /There is no rule "n-plus-won"; did you mean "n-plus-one"\?/,
    ));
  test('when another line is meant', () =>
    check(
      LOOP.replace('  return', '  // querylens-ignore-next-line n-plus-one -- few\n  return'),
      ['n-plus-one:6', 'unused-ignore:8'],
      /hides no n-plus-one finding/,
    ));
  test('when it ends what nothing started', () =>
    check(`${LOOP}// querylens-ignore-end n-plus-one\n`, ['n-plus-one:6', 'unused-ignore:10'], /nothing started/));
});

describe('an unused comment', () => {
  const unused = LOOP.replace('  return', '  // querylens-ignore-next-line write-in-loop -- few\n  return');
  const config = (content: object) => ({ 'querylens.config.json': JSON.stringify(content) });
  const rulesFound = async (extra: Readonly<Record<string, string>>): Promise<readonly string[]> =>
    (await analyse({ ...SMALL_PROJECT, 'src/titles.ts': unused, ...extra })).findings.map(({ rule }) => rule);

  test('is not held against a rule that is off', async () => {
    assert.deepEqual(await rulesFound({}), ['n-plus-one', 'unused-ignore']);
    assert.deepEqual(await rulesFound(config({ rules: { 'write-in-loop': 'off' } })), ['n-plus-one']);
  });
  test('may be left alone', async () =>
    assert.deepEqual(await rulesFound(config({ reportUnusedIgnores: false })), ['n-plus-one']));
  test('may be turned off like any rule', async () =>
    assert.deepEqual(await rulesFound(config({ rules: { 'unused-ignore': 'off' } })), ['n-plus-one']));
  test('is found in a file that has no query any more', async () => {
    const files = { ...SMALL_PROJECT, 'src/titles.ts': '// querylens-ignore-file n-plus-one -- few\nexport {};\n' };
    assert.deepEqual(
      (await analyse(files)).findings.map(({ rule }) => rule),
      ['unused-ignore'],
    );
  });
  test('in code that is left out is not spoken of', async () => {
    const files = { ...SMALL_PROJECT, 'src/titles.ts': '', 'scripts/once.ts': unused.replace('./db', '../src/db') };
    assert.deepEqual((await analyse(files)).findings, []);
  });

  test('is removed by its fix, with its line where it stands alone', async () => {
    const fixed = async (text: string): Promise<string | undefined> => {
      const files = { ...SMALL_PROJECT, 'src/titles.ts': text };
      return applyFixes(files, (await analyse(files)).findings)['src/titles.ts'];
    };
    assert.equal(await fixed(unused), LOOP);
    assert.equal(await fixed(unused.replaceAll('\n', '\r\n')), LOOP.replaceAll('\n', '\r\n'));
    assert.equal(
      await fixed(LOOP.replace('return titles;', 'return titles; // querylens-ignore-line write-in-loop -- few')),
      LOOP,
    );
  });
});

test('hidden findings are counted and change no other id', async () => {
  const second = LOOP.replace(
    '  return titles',
    "  for (const id of ids) {\n    titles.push(await prisma.post.findFirst({ where: { authorId: id }, orderBy: { id: 'asc' } }));\n  }\n  return titles",
  );
  const before = await analyse({ ...SMALL_PROJECT, 'src/titles.ts': second });
  const hidden = second.replace(CALL, `    // querylens-ignore-next-line n-plus-one -- few\n${CALL}`);
  const after = await analyse({ ...SMALL_PROJECT, 'src/titles.ts': hidden });
  assert.deepEqual([before.suppressed, after.suppressed], [0, 1]);
  assert.deepEqual(
    after.findings.map(({ id }) => id),
    before.findings.slice(1).map(({ id }) => id),
  );
});
