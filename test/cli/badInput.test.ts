import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { z } from 'zod';
import { lint } from '#cli/commands/lint.ts';
import { RULES } from '#rules/index.ts';
import { defineRule, type Rule } from '#rules/rule.ts';
import { builtCli } from '#test/support/builtCli.ts';
import { CLIENT, LOOP, projectFolder, SMALL_PROJECT, SMALL_SCHEMA } from '#test/support/projectFolder.ts';
import { keepingHost, runCli } from './runCli.ts';

interface Answer {
  readonly status: number | null;
  /** `rule file:line`. */
  readonly findings: readonly string[];
  /** `file:line:column message`, without what is not known. */
  readonly problems: readonly string[];
  readonly stderr: string;
}

interface Place {
  readonly rule: string;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

/** What the command line says of a project. */
async function answer(folder: string, ...options: readonly string[]): Promise<Answer> {
  const { status, stdout, stderr } = await runCli(['lint', '--format', 'json', ...options], folder);
  const output: { findings: Place[]; problems: Place[] } = stdout ? JSON.parse(stdout) : { findings: [], problems: [] };
  return {
    status,
    findings: output.findings.map(({ rule, file, line }) => `${rule} ${file}:${line}`),
    problems: output.problems.map(({ file, line, column, message }) =>
      [[file, line, column].filter((part) => part !== null).join(':'), message].filter(Boolean).join(' '),
    ),
    stderr,
  };
}

const FOUND = 'n-plus-one src/titles.ts:6';

describe('schemas', () => {
  test('no schema: nothing was checked, and that is a failed run', async (context) => {
    const { status, problems } = await answer(projectFolder(context, { 'src/db.ts': CLIENT, 'src/titles.ts': LOOP }));
    assert.equal(status, 2);
    assert.match(problems.join(), /^no Prisma schema found.*"schemas" in querylens\.config\.json$/);
  });

  test('two schemas: each call belongs to the one its package uses', async (context) => {
    const other = SMALL_SCHEMA.replaceAll('Post', 'Page').replaceAll('posts', 'pages');
    const folder = projectFolder(context, {
      'a/package.json': '{ "name": "a" }',
      'a/prisma/schema.prisma': SMALL_SCHEMA,
      'a/src/db.ts': CLIENT,
      'a/src/titles.ts': LOOP,
      'b/package.json': '{ "name": "b" }',
      'b/prisma/schema.prisma': other,
      'b/src/db.ts': CLIENT,
      'b/src/titles.ts': LOOP.replace('prisma.post', 'prisma.page'),
    });
    const { status, findings, problems } = await answer(folder);
    assert.deepEqual(findings, ['n-plus-one a/src/titles.ts:6', 'n-plus-one b/src/titles.ts:6']);
    assert.deepEqual([status, problems], [1, []]);
  });

  test('a broken schema: its error at its place, and the rest is checked', async (context) => {
    const broken = SMALL_SCHEMA.replace('title    String', 'title    Strng');
    const { status, findings, problems } = await answer(
      projectFolder(context, { ...SMALL_PROJECT, 'prisma/schema.prisma': broken }),
    );
    assert.deepEqual([status, findings, problems.length], [1, [FOUND], 1]);
    assert.match(problems.join(), /^prisma\/schema\.prisma:13:12 .*Strng/);
  });
});

describe('files', () => {
  const check = async (
    context: TestContext,
    extra: Readonly<Record<string, string | Buffer>>,
    problem: RegExp | null,
  ): Promise<void> => {
    const { status, findings, problems } = await answer(projectFolder(context, { ...SMALL_PROJECT, ...extra }));
    assert.deepEqual([status, findings], [1, [FOUND]]);
    if (problem === null) assert.deepEqual(problems, []);
    else assert.match(problems.join('\n'), problem);
  };
  const huge = `export const list = [${'prisma.post.findMany(), '.repeat(120_000)}];\n`;

  test('text that does not parse', (context) =>
    check(context, { 'src/x.ts': 'prisma.post.count({ where: {{{ ) function' }, null));
  test('a huge file', (context) =>
    check(context, { 'src/x.ts': huge }, /^src\/x\.ts was left out: 2\.7 MB is more than/));
  test('a binary file', (context) =>
    check(context, { 'src/x.ts': Buffer.from([0, 1, 2, 3]) }, /^src\/x\.ts was left out: is binary$/));
  test('UTF-16', (context) =>
    check(context, { 'src/x.ts': Buffer.from(`\uFEFF${LOOP}`, 'utf16le') }, /is UTF-16; save it as UTF-8/));
  test('a byte order mark', (context) => check(context, { 'src/titles.ts': `\uFEFF${LOOP}` }, null));
  test('CRLF', (context) => check(context, { 'src/titles.ts': LOOP.replaceAll('\n', '\r\n') }, null));
  test('bytes that are not UTF-8', async (context) => {
    const [head = '', tail = ''] = LOOP.split('return titles');
    await check(
      context,
      {
        'src/titles.ts': Buffer.concat([
          Buffer.from(`${head}// `),
          Buffer.from([0xe9, 0xff]),
          Buffer.from(`\nreturn titles${tail}`),
        ]),
      },
      null,
    );
  });

  test('a byte order mark does not move columns', async (context) => {
    const folder = projectFolder(context, {
      ...SMALL_PROJECT,
      'src/titles.ts': `\uFEFFprisma.post.findMany();${LOOP}`,
    });
    const { stdout } = await runCli(['lint', '--format', 'agent'], folder);
    assert.match(stdout, /^src\/titles\.ts:6:23: warning n-plus-one/m);
  });

  test('links in circles', async (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    symlinkSync(folder, join(folder, 'src/again'));
    symlinkSync('self', join(folder, 'src/self'));
    const { status, findings } = await answer(folder);
    assert.deepEqual([status, findings], [1, [FOUND]]);
  });

  test('a folder that cannot be read, except by the superuser', async (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    mkdirSync(join(folder, 'src/locked'));
    chmodSync(join(folder, 'src/locked'), 0);
    const { status, findings, problems } = await answer(folder);
    assert.deepEqual([status, findings], [1, [FOUND]]);
    const said = ['src/locked was left out: folder cannot be read (EACCES)'];
    assert.deepEqual(problems, process.getuid?.() === 0 ? [] : said);
  });

  test('a path that does not exist', async (context) => {
    const { status, stderr } = await answer(projectFolder(context, SMALL_PROJECT), 'src', 'sources');
    assert.deepEqual([status, stderr], [2, 'querylens: sources: there is no such file or folder\n']);
  });
});

describe('configuration', () => {
  const check = async (context: TestContext, config: string, said: string): Promise<void> => {
    const { status, stderr } = await answer(
      projectFolder(context, { ...SMALL_PROJECT, 'querylens.config.json': config }),
    );
    assert.deepEqual([status, stderr], [2, said.replace(/^/gm, 'querylens: querylens.config.json:').concat('\n')]);
  };

  test('unknown keys: which, where and what they may have meant', (context) =>
    check(
      context,
      '{\n  "ruls": {},\n  "rules": { "n-plus-won": "error", "n-plus-one": ["error", { "ignoreUpto": 3 }] }\n}',
      '2:3: unknown key "ruls"; did you mean "rules"?\n' +
        '3:14: unknown key "n-plus-won" in "rules"; did you mean "n-plus-one"?\n' +
        '3:63: unknown key "ignoreUpto" in "rules.n-plus-one[1]"; did you mean "ignoreUpTo"?',
    ));
  test('wrong types and values', (context) =>
    check(
      context,
      '{ "extends": "strct", "models": { "User": { "rows": "many" } }, "ignore": "legacy/**", "overrides": [{ "rules": {} }] }',
      '1:14: "extends" must be one of recommended, strict, all, not "strct"; did you mean "strict"?\n' +
        '1:53: "models.User.rows" must be a number, not "many"\n' +
        '1:75: "ignore" must be an array, not "legacy/**"\n' +
        '1:102: "overrides[0].files" is missing',
    ));
  test('patterns for log lines that cannot be used', (context) =>
    check(
      context,
      '{ "logPatterns": ["(?<name>", "(\\\\w+) took", "(?<name>a+)b",\n "(?<what>a)(?<name>b)(?<ms>1)", "(?<name>a)(?=b)(?<ms>1)", 5] }',
      '1:19: "logPatterns[0]" is no regular expression: unterminated group\n' +
        '1:31: "logPatterns[1]" needs a group (?<name>…) or (?<sql>…) for what was slow\n' +
        '1:46: "logPatterns[2]" needs a group (?<ms>…) or (?<s>…) for how long it took\n' +
        '2:2: "logPatterns[3]" has a group (?<what>…); name, sql, ms, s are known\n' +
        '2:34: "logPatterns[4]" looks ahead or back or refers back to a group, which can take forever on one line\n' +
        '2:61: "logPatterns[5]" must be a string, not 5',
    ));
  test('text that is not JSON', (context) =>
    check(context, '{ "rules": ', '1:12: this is not JSON with comments (value expected)'));
  test('not an object', (context) => check(context, '[]', '1:1: the configuration must be an object, not []'));
  test('an empty file', (context) => check(context, '', '1:1: the file is empty; write {} for the defaults'));

  test('in package.json, at its place there', async (context) => {
    const manifest = '{\n  "name": "example",\n  "querylens": { "extend": "all" }\n}\n';
    const { status, stderr } = await answer(projectFolder(context, { ...SMALL_PROJECT, 'package.json': manifest }));
    assert.deepEqual(
      [status, stderr],
      [2, 'querylens: package.json:3:18: unknown key "extend"; did you mean "extends"?\n'],
    );
  });

  test('a file that is not there', async (context) => {
    const { status, stderr } = await answer(projectFolder(context, SMALL_PROJECT), '--config', 'none.json');
    assert.deepEqual([status, stderr], [2, 'querylens: --config none.json: there is no such file\n']);
  });
});

describe('baseline', () => {
  const check = async (context: TestContext, text: string, said: RegExp): Promise<void> => {
    const { status, stderr } = await answer(
      projectFolder(context, { ...SMALL_PROJECT, 'querylens-baseline.json': text }),
    );
    assert.equal(status, 2);
    assert.match(stderr, said);
  };
  const again = 'with `querylens baseline create`';

  test('from another version', (context) =>
    check(
      context,
      '{ "version": 2, "findings": [] }',
      new RegExp(`has version 2, Querylens reads version 1; write it anew ${again}`),
    ));
  test('that is none', (context) =>
    check(context, '{ "version": 1 }', /querylens-baseline\.json: this is not a baseline of Querylens/));
  test('that is not JSON', (context) => check(context, '<<<<<<< HEAD', /this is not a baseline of Querylens/));
  test('asked for and not there', async (context) => {
    const { status, stderr } = await answer(projectFolder(context, SMALL_PROJECT), '--baseline', 'none.json');
    assert.deepEqual(
      [status, stderr],
      [2, `querylens: --baseline none.json: there is no such file; write it ${again}\n`],
    );
  });
});

describe('the program itself', () => {
  const broken: Rule = defineRule({
    meta: {
      ...{ id: 'broken-rule', finds: 'Nothing.', why: 'It throws.', severity: 'warning', stage: 'stable' },
      ...{ preset: 'recommended', prismaCodes: [], needs: [], messages: {}, options: z.object({}) },
    },
    // biome-ignore lint/correctness/useYield: it fails before it finds anything
    *check() {
      throw new Error('no such field');
    },
  });

  test('a rule that throws: one problem, the other rules stand', async (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    const { host, printed } = keepingHost(folder);
    const code = await lint(
      [],
      { format: 'json', maxWarnings: '0' },
      { host, rules: [broken, ...RULES], version: '1.0.0' },
    );
    const { findings, problems } = JSON.parse(printed().stdout);
    assert.equal(code, 2);
    assert.deepEqual(
      findings.map(({ rule }: Place) => rule),
      ['n-plus-one'],
    );
    assert.deepEqual(
      problems.map(({ message }: Place) => message),
      ['rule broken-rule failed and found nothing (no such field); the other rules stand. This is a bug in Querylens.'],
    );
  });

  test('an old Node: one clear line', () => {
    const root = join(import.meta.dirname, '../..');
    builtCli(['--version'], root);
    const preload = join(import.meta.dirname, 'oldNode.mjs');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', preload, join(root, 'dist/cli.js'), 'lint'],
      { encoding: 'utf8' },
    );
    assert.deepEqual([status, stdout, stderr], [2, '', 'Querylens needs Node 22 or newer; this is v20.19.0.\n']);
  });

  test('options that do not exist or do not fit', async (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    const check = async (args: readonly string[], said: RegExp): Promise<void> => {
      const { status, stdout, stderr } = await runCli(['lint', ...args], folder);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, said);
    };
    await check(['--formt', 'json'], /unknown option '--formt'[\s\S]*--format/);
    await check(
      ['--format', 'jsn'],
      /^querylens: --format takes one of stylish, .*, not "jsn"; did you mean "json"\?\n$/,
    );
    await check(['--rule', 'n-plus-won=error'], /there is no rule "n-plus-won"; did you mean "n-plus-one"\?/);
    await check(
      ['--rule', 'n-plus-one=loud'],
      /--rule n-plus-one=… takes one of off, error, warning, info, hint, not "loud"/,
    );
    await check(['--max-warnings', 'many'], /--max-warnings takes a number from 0 up, not "many"/);
    await check(['--include', 'scrip'], /--include takes test, .*, not "scrip"; did you mean "script"\?/);
    await check(['--stdin'], /--stdin needs --stdin-filename PATH/);
    await check(['--since', 'main'], /the folder is not in a git repository/);
  });
});
