import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { git } from '#test/support/gitRepository.ts';
import { CLIENT, LOOP, projectFolder, SMALL_PROJECT } from '#test/support/projectFolder.ts';
import { runCli } from './runCli.ts';

interface Shown {
  readonly status: number | null;
  /** `severity rule file:line`. */
  readonly findings: readonly string[];
  readonly stderr: string;
  readonly output: {
    readonly summary: Readonly<Record<string, number>>;
    readonly coverage: { readonly files: number };
  };
}

async function lint(folder: string, ...args: readonly string[]): Promise<Shown> {
  const { status, stdout, stderr } = await runCli(['lint', '--format', 'json', ...args], folder);
  assert.notEqual(stdout, '', stderr);
  const output = JSON.parse(stdout);
  const findings = output.findings.map(
    ({ severity, rule, file, line }: Record<string, string>) => `${severity} ${rule} ${file}:${line}`,
  );
  return { status, findings, stderr, output };
}

const FOUND = 'warning n-plus-one src/titles.ts:6';
const IGNORED = LOOP.replace('    titles', '    // querylens-ignore-next-line n-plus-one -- three at most\n    titles');

describe('how loud', () => {
  const check = async (
    context: TestContext,
    args: readonly string[],
    status: number,
    findings: readonly string[],
  ): Promise<void> => {
    const shown = await lint(projectFolder(context, SMALL_PROJECT), ...args);
    assert.deepEqual([shown.status, shown.findings], [status, findings]);
  };

  test('a warning fails', (context) => check(context, [], 1, [FOUND]));
  test('--max-warnings tolerates', (context) => check(context, ['--max-warnings', '1'], 0, [FOUND]));
  test('--rule makes an error, which is never tolerated', (context) =>
    check(context, ['--rule', 'n-plus-one=error', '--max-warnings', '9'], 1, [FOUND.replace('warning', 'error')]));
  test('--rule makes an info, which never fails', (context) =>
    check(context, ['--rule', 'n-plus-one=info'], 0, [FOUND.replace('warning', 'info')]));
  test('--rule turns off', (context) => check(context, ['--rule', 'n-plus-one=off'], 0, []));
  test('--quiet leaves out infos and hints', (context) =>
    check(context, ['--quiet', '--rule', 'n-plus-one=info'], 0, []));
  test('--quiet keeps warnings', (context) => check(context, ['--quiet'], 1, [FOUND]));

  test('--rule wins over a per-glob override', async (context) => {
    const config = JSON.stringify({ overrides: [{ files: ['src/**'], rules: { 'n-plus-one': 'error' } }] });
    const folder = projectFolder(context, { ...SMALL_PROJECT, 'querylens.config.json': config });
    assert.deepEqual((await lint(folder)).findings, [FOUND.replace('warning', 'error')]);
    assert.deepEqual((await lint(folder, '--rule', 'n-plus-one=off')).findings, []);
  });

  test('--include shows scripts and tests as hints', async (context) => {
    const folder = projectFolder(context, {
      ...SMALL_PROJECT,
      'src/titles.ts': '',
      'scripts/a.ts': LOOP.replace('./db', '../src/db'),
    });
    assert.deepEqual((await lint(folder)).findings, []);
    assert.deepEqual((await lint(folder, '--include', 'scripts,tests')).findings, ['hint n-plus-one scripts/a.ts:6']);
  });
});

describe('paths', () => {
  const monorepo = {
    'package.json': '{ "private": true, "workspaces": ["packages/*"] }',
    'packages/db/package.json': '{ "name": "@x/db", "main": "index.ts" }',
    'packages/db/prisma/schema.prisma': SMALL_PROJECT['prisma/schema.prisma'],
    'packages/db/index.ts': CLIENT,
    'packages/web/package.json': '{ "name": "web", "dependencies": { "@x/db": "*" } }',
    'packages/web/src/titles.ts': LOOP.replace('./db', '@x/db'),
    'packages/jobs/package.json': '{ "name": "jobs", "dependencies": { "@x/db": "*" } }',
    'packages/jobs/src/titles.ts': LOOP.replace('./db', '@x/db'),
  };
  const check = async (
    context: TestContext,
    args: readonly string[],
    files: readonly string[],
    from = '.',
  ): Promise<void> => {
    const folder = projectFolder(context, monorepo);
    const { findings } = await lint(join(folder, from), ...args);
    assert.deepEqual(
      findings,
      files.map((file) => `warning n-plus-one ${file}:6`),
    );
  };

  test('the root of a monorepo', (context) =>
    check(context, [], ['packages/jobs/src/titles.ts', 'packages/web/src/titles.ts']));
  test('one package: its schema lies in another, paths are relative to it', (context) =>
    check(context, ['packages/web'], ['src/titles.ts']));
  test('one folder, from elsewhere', (context) => check(context, ['../web'], ['src/titles.ts'], 'packages/jobs'));
  test('one package with a configuration of its own, whose globs are relative to it', async (context) => {
    const config = JSON.stringify({
      rules: { 'n-plus-one': 'error' },
      overrides: [{ files: ['src/quiet/**'], rules: { 'n-plus-one': 'hint' } }],
      ignore: ['old.ts'],
    });
    const folder = projectFolder(context, {
      ...monorepo,
      'packages/web/querylens.config.json': config,
      'packages/web/src/quiet/a.ts': monorepo['packages/web/src/titles.ts'],
      'packages/web/src/old.ts': monorepo['packages/web/src/titles.ts'],
    });
    const { findings } = await lint(folder, 'packages/web');
    assert.deepEqual(findings, ['hint n-plus-one src/quiet/a.ts:6', 'error n-plus-one src/titles.ts:6']);
    await runCli(['baseline', 'create', 'packages/web'], folder);
    assert.ok(existsSync(join(folder, 'packages/web/querylens-baseline.json')));
    assert.deepEqual((await lint(folder, 'packages/web')).findings, []);
  });
  test('several paths: one report, relative to the current folder', (context) =>
    check(
      context,
      ['packages/web', 'packages/jobs/src'],
      ['packages/jobs/src/titles.ts', 'packages/web/src/titles.ts'],
    ));
  test('several paths elsewhere: relative to their common folder', (context) =>
    check(context, ['../web', '../jobs'], ['jobs/src/titles.ts', 'web/src/titles.ts'], 'packages/db'));
  test('one file', (context) => check(context, ['packages/web/src/titles.ts'], ['packages/web/src/titles.ts']));

  test('other formats speak of files as seen from the current folder', async (context) => {
    const folder = projectFolder(context, monorepo);
    const { stdout } = await runCli(['lint', 'packages/web', '--format', 'agent'], folder);
    assert.match(stdout, /^packages\/web\/src\/titles\.ts:6:23: warning n-plus-one/);
  });

  test('separate projects in one run', async (context) => {
    const both = Object.entries(SMALL_PROJECT).flatMap(([path, text]) => [
      [`a/${path}`, text],
      [`b/${path}`, text],
    ]);
    const manifests = { 'a/package.json': '{}', 'b/package.json': '{}' };
    const folder = projectFolder(context, { ...Object.fromEntries(both), ...manifests });
    assert.deepEqual((await lint(folder, 'a', 'b')).findings, [
      'warning n-plus-one a/src/titles.ts:6',
      'warning n-plus-one b/src/titles.ts:6',
    ]);
  });
});

describe('--changed and --since', () => {
  const repository = (context: TestContext): string => {
    const folder = projectFolder(context, { ...SMALL_PROJECT, 'src/old.ts': LOOP });
    git(folder, 'init', '-q', '-b', 'main');
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', 'one');
    return folder;
  };

  test('judges only what differs from the last commit, untracked files too', async (context) => {
    const folder = repository(context);
    assert.deepEqual((await lint(folder, '--changed')).findings, []);
    writeFileSync(join(folder, 'src/titles.ts'), `\n${LOOP}`);
    writeFileSync(join(folder, 'src/new.ts'), LOOP);
    assert.deepEqual((await lint(folder, '--changed')).findings, [
      'warning n-plus-one src/new.ts:6',
      'warning n-plus-one src/titles.ts:7',
    ]);
  });

  test('judges what a branch changed since it left the base', async (context) => {
    const folder = repository(context);
    git(folder, 'checkout', '-qb', 'topic');
    writeFileSync(join(folder, 'src/titles.ts'), `\n${LOOP}`);
    git(folder, 'commit', '-qam', 'two');
    git(folder, 'checkout', '-q', 'main');
    writeFileSync(join(folder, 'src/old.ts'), `\n${LOOP}`);
    git(folder, 'commit', '-qam', 'three');
    git(folder, 'checkout', '-q', 'topic');
    assert.deepEqual((await lint(folder, '--since', 'main')).findings, ['warning n-plus-one src/titles.ts:7']);
  });

  test('fails when the base cannot be read, and judges nothing then', async (context) => {
    const folder = repository(context);
    const { status, stdout, stderr } = await runCli(['lint', '--since', 'origin/main', '--format', 'json'], folder);
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /there is no commit called "origin\/main"/);
  });
});

describe('baseline', () => {
  test('create accepts, new findings still fail, prune drops what is gone', async (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    assert.equal(
      (await runCli(['baseline', 'create'], folder)).stdout,
      'querylens-baseline.json: 1 finding accepted\n',
    );
    const accepted = await lint(folder);
    assert.deepEqual([accepted.status, accepted.findings, accepted.output.summary.baselined], [0, [], 1]);

    writeFileSync(join(folder, 'src/titles.ts'), `// moved\n\n${LOOP}`);
    writeFileSync(join(folder, 'src/more.ts'), LOOP);
    assert.deepEqual(
      (await lint(folder)).findings,
      ['warning n-plus-one src/more.ts:6'],
      'moving a line changes nothing',
    );
    assert.equal((await lint(folder, '--no-baseline')).findings.length, 2);

    rmSync(join(folder, 'src/more.ts'));
    writeFileSync(join(folder, 'src/titles.ts'), '');
    const stale = await lint(folder);
    assert.deepEqual([stale.status, stale.output.summary.stale], [1, 1]);
    assert.match(
      stale.stderr,
      /stale baseline entry: n-plus-one in src\/titles\.ts is gone; run `querylens baseline prune`/,
    );
    assert.equal((await lint(folder, '--pass-on-stale')).status, 0);
    assert.equal((await lint(folder, 'prisma')).status, 0, 'entries of files that were not asked for are not judged');

    assert.equal(
      (await runCli(['baseline', 'prune'], folder)).stdout,
      'querylens-baseline.json: 1 entry dropped, 0 kept\n',
    );
    assert.equal((await lint(folder)).status, 0);
  });

  test('writes one line per entry, in order', async (context) => {
    const folder = projectFolder(context, { ...SMALL_PROJECT, 'src/a.ts': LOOP });
    await runCli(['baseline', 'create'], folder);
    const lines = readFileSync(join(folder, 'querylens-baseline.json'), 'utf8').split('\n');
    assert.deepEqual(
      lines.filter((line) => line.includes('"id"')).map((line) => /"file":"(.*?)"/.exec(line)?.[1]),
      ['src/a.ts', 'src/titles.ts'],
    );
  });
});

describe('fixes', () => {
  const unused = SMALL_PROJECT['src/titles.ts'].replace(
    'return titles',
    '// querylens-ignore-next-line n-plus-one -- was slow\n  return titles',
  );

  test('--fix writes safe fixes and keeps the byte order mark', async (context) => {
    const folder = projectFolder(context, { ...SMALL_PROJECT, 'src/titles.ts': `\uFEFF${unused}` });
    assert.equal((await lint(folder)).findings.length, 2);
    assert.deepEqual((await lint(folder, '--fix')).findings, [FOUND]);
    assert.equal(readFileSync(join(folder, 'src/titles.ts'), 'utf8'), `\uFEFF${LOOP}`);
  });

  test('--fix-dry-run reports the same and writes nothing', async (context) => {
    const folder = projectFolder(context, { ...SMALL_PROJECT, 'src/titles.ts': unused });
    assert.deepEqual((await lint(folder, '--fix-dry-run')).findings, [FOUND]);
    assert.equal(readFileSync(join(folder, 'src/titles.ts'), 'utf8'), unused);
  });

  test('--fix leaves a file alone whose bytes it would damage', async (context) => {
    const bytes = Buffer.concat([Buffer.from(unused), Buffer.from('// caf'), Buffer.from([0xe9, 0x0a])]);
    const folder = projectFolder(context, { ...SMALL_PROJECT, 'src/titles.ts': bytes });
    const { status, stderr } = await runCli(['lint', '--fix'], folder);
    assert.deepEqual(
      [status, stderr],
      [2, 'querylens: src/titles.ts: is not UTF-8, so it is not changed; nothing was written\n'],
    );
    assert.deepEqual(readFileSync(join(folder, 'src/titles.ts')), bytes);
  });
});

describe('one text on standard input', () => {
  const check = async (context: TestContext, name: string, text: string, findings: readonly string[]) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    const { stdout } = await runCli(['lint', '--format', 'agent', '--stdin-filename', name], folder, { stdin: text });
    assert.deepEqual(stdout.match(/^\S+ warning \S+(?=:)/gm) ?? [], findings);
  };

  test('stands in for the file on disk', (context) => check(context, 'src/titles.ts', 'export {};', []));
  test('may be a file that is not there yet', (context) =>
    check(context, 'src/new.ts', LOOP, ['src/new.ts:6:23: warning n-plus-one']));
});

describe('output', () => {
  test('is the same in every run, and holds neither times nor absolute paths', async (context) => {
    const folder = projectFolder(context, { ...SMALL_PROJECT, 'src/more.ts': LOOP, 'src/ignored.ts': IGNORED });
    for (const format of ['stylish', 'json', 'sarif', 'github', 'gitlab', 'junit', 'markdown', 'agent']) {
      const first = await runCli(['lint', '--format', format], folder);
      assert.deepEqual(await runCli(['lint', '--format', format], folder), first);
      assert.equal(first.stdout.includes(folder), false, format);
    }
  });

  test('colours follow the terminal, NO_COLOR and FORCE_COLOR', async (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    const coloured = async (isTTY: boolean, env: Readonly<Record<string, string>>) =>
      (await runCli(['lint'], folder, { isTTY, env })).stdout.includes('\u001b[');
    assert.equal(await coloured(true, {}), true);
    assert.equal(await coloured(false, {}), false);
    assert.equal(await coloured(true, { NO_COLOR: '1' }), false);
    assert.equal(await coloured(true, { TERM: 'dumb' }), false);
    assert.equal(await coloured(false, { FORCE_COLOR: '1' }), true);
    assert.equal(await coloured(false, { FORCE_COLOR: '1', NO_COLOR: '1' }), false);
  });

  test('--stats adds times by phase', async (context) => {
    const { stdout } = await runCli(['lint', '--stats', '--format', 'json'], projectFolder(context, SMALL_PROJECT));
    assert.deepEqual(Object.keys(JSON.parse(stdout).stats.phases), [
      'schemas',
      'select',
      'facts',
      'graph',
      'rules',
      'judge',
    ]);
  });
});

describe('configuration', () => {
  test('--print-config shows what is in effect', async (context) => {
    const config = '{ "rules": { "n-plus-one": ["error", { "ignoreUpTo": 3 }] }, /* why not */ }';
    const folder = projectFolder(context, { ...SMALL_PROJECT, 'querylens.config.json': config });
    mkdirSync(join(folder, 'src/deep'));
    const { stdout } = await runCli(['lint', 'src/deep', '--print-config', '--rule', 'write-in-loop=off'], folder);
    const { rules, preset } = JSON.parse(stdout);
    assert.equal(preset, 'recommended');
    assert.deepEqual(rules['n-plus-one'], { level: 'error', options: { ignoreUpTo: 3 } });
    assert.equal(rules['write-in-loop'].level, 'off');
  });

  test('--init writes a configuration that is accepted, once', async (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    assert.equal((await runCli(['lint', '--init'], folder)).stdout, 'wrote querylens.config.json\n');
    assert.ok(existsSync(join(folder, 'querylens.config.json')));
    assert.deepEqual((await lint(folder)).findings, [FOUND]);
    assert.equal((await runCli(['lint', '--init'], folder)).status, 2);
  });

  test('--config takes another file', async (context) => {
    const config = '{ "rules": { "n-plus-one": "hint" } }';
    const folder = projectFolder(context, { ...SMALL_PROJECT, 'ci/strict.json': config });
    assert.deepEqual((await lint(folder, '--config', 'ci/strict.json')).findings, [FOUND.replace('warning', 'hint')]);
  });

  test('ignore globs leave files out', async (context) => {
    const folder = projectFolder(context, {
      ...SMALL_PROJECT,
      'querylens.config.json': '{ "ignore": ["src/titles.ts"] }',
    });
    assert.deepEqual((await lint(folder)).findings, []);
  });
});

describe('rules and explain', () => {
  const here = import.meta.dirname;

  test('rules lists every rule, as text and as JSON', async () => {
    const listed: { id: string }[] = JSON.parse((await runCli(['rules', '--format', 'json'], here)).stdout);
    const text = (await runCli(['rules'], here)).stdout;
    assert.ok(listed.some(({ id }) => id === 'n-plus-one') && listed.some(({ id }) => id === 'unused-ignore'));
    for (const { id } of listed) assert.match(text, new RegExp(`^${id} `, 'm'));
  });

  test('explain prints the page of each rule', async () => {
    const listed: { id: string; finds: string }[] = JSON.parse(
      (await runCli(['rules', '--format', 'json'], here)).stdout,
    );
    for (const { id } of listed) {
      const { status, stdout } = await runCli(['explain', id], here);
      assert.equal(status, 0);
      assert.ok(stdout.startsWith(`${id}\n`), stdout);
      assert.doesNotMatch(stdout, /^```|<!--/m);
    }
  });

  test('explain suggests the nearest rule', async () => {
    const { status, stderr } = await runCli(['explain', 'nplusone'], here);
    assert.deepEqual([status, stderr.includes('did you mean "n-plus-one"?')], [2, true]);
  });
});
