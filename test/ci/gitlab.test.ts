import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { CAREFUL } from '#test/support/changedProject.ts';
import { git } from '#test/support/gitRepository.ts';
import { LOOP } from '#test/support/projectFolder.ts';
import { checkout, ciRepository, commit, runnerEnv } from './support/ciRepository.ts';
import { commentServer } from './support/commentServer.ts';

const FILE = join(import.meta.dirname, '../../docs/ci/gitlab-ci.yml');
const PAGE = join(import.meta.dirname, '../../docs/ci.md');
const RUNNER = createRequire(import.meta.url).resolve('gitlab-ci-local');

interface Ran {
  readonly status: number;
  readonly log: string;
}

/** Runs gitlab-ci-local in a clone without history, jobs in the shell of this machine instead of a container. */
function gitlab(folder: string, args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const set = Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${value}`]);
  const all = [RUNNER, '--home', folder, '--force-shell-executor', ...set, ...args];
  return new Promise<Ran>((resolve) => {
    execFile(process.execPath, all, { cwd: folder, env: runnerEnv() }, (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code) : 0, log: stdout + stderr });
    });
  });
}

function clone(context: TestContext, repository: string): string {
  // GitLab hands out any commit that is asked for.
  git(repository, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  const folder = checkout(context, repository, 'work', 1);
  copyFileSync(FILE, join(folder, '.gitlab-ci.yml'));
  return folder;
}

function mergeRequest(repository: string, api: string, token = ''): Readonly<Record<string, string>> {
  return {
    ...{ CI_PIPELINE_SOURCE: 'merge_request_event', CI_MERGE_REQUEST_IID: '7', CI_PROJECT_ID: '12' },
    ...{ CI_MERGE_REQUEST_DIFF_BASE_SHA: git(repository, 'rev-parse', 'main') },
    ...{ CI_API_V4_URL: api, QUERYLENS_TOKEN: token },
  };
}

const missing = spawnSync('rsync', ['--version']).error && 'gitlab-ci-local needs rsync, which is not installed';

describe("GitLab's jobs", { skip: missing ?? false }, () => {
  test('are what its schema allows, which knows mistakes', async (context) => {
    const folder = clone(context, ciRepository(context));
    const listed = await gitlab(folder, ['--list-all']);
    assert.equal(listed.status, 0, listed.log);
    assert.match(listed.log, /querylens-lint[\s\S]*querylens-diff/);
    const [budgets = ''] = /querylens-budgets:[\s\S]*?(?=```)/.exec(readFileSync(PAGE, 'utf8')) ?? [];
    const loadTest = 'load-test:\n  script: [echo]\n';
    writeFileSync(join(folder, '.gitlab-ci.yml'), `${readFileSync(FILE, 'utf8')}\n${loadTest}${budgets}`);
    const more = await gitlab(folder, ['--list-all']);
    assert.equal(more.status, 0, more.log);
    assert.match(more.log, /querylens-budgets .*\[load-test\]/);
    writeFileSync(join(folder, '.gitlab-ci.yml'), readFileSync(FILE, 'utf8').replaceAll('when: always', 'when: often'));
    const wrong = await gitlab(folder, ['--list-all']);
    assert.notEqual(wrong.status, 0);
    assert.match(wrong.log, /'when' property must be one of/);
  });

  test('the lint fails and leaves the code quality report', async (context) => {
    const repository = ciRepository(context);
    const folder = clone(context, repository);
    const { status, log } = await gitlab(folder, ['querylens-lint'], mergeRequest(repository, ''));
    assert.equal(status, 1, log);
    const issues: readonly { readonly check_name: string; readonly location: { readonly path: string } }[] = JSON.parse(
      readFileSync(join(folder, 'gl-code-quality-report.json'), 'utf8'),
    );
    assert.deepEqual(
      issues.map(({ check_name, location }) => [check_name, location.path]),
      [['n-plus-one', 'src/titles.ts']],
    );
  });

  test('the diff writes one note, and that again', async (context) => {
    const { url, comments } = await commentServer(context);
    const repository = ciRepository(context);
    const run = () =>
      gitlab(clone(context, repository), ['querylens-diff'], mergeRequest(repository, url, 'glpat-made-up'));
    const first = await run();
    assert.equal(first.status, 1, first.log);
    assert.equal(comments.length, 131);
    assert.match(comments[130]?.body ?? '', /^<!-- querylens diff -->\n\n## Querylens fails: 1 warning new/);
    assert.match(comments[130]?.body ?? '', /\/-\/blob\/[0-9a-f]{40}\/src\/titles\.ts#L6\)/);
    commit(repository, { 'src/titles.ts': CAREFUL });
    const second = await run();
    assert.equal(second.status, 0, second.log);
    assert.equal(comments.length, 131);
    assert.match(comments[130]?.body ?? '', /## Querylens passes: nothing new/);
  });

  test('merged results are held against the tip of the target', async (context) => {
    const repository = ciRepository(context);
    const left = git(repository, 'rev-parse', 'main');
    git(repository, 'checkout', '-q', 'main');
    commit(repository, { 'src/others.ts': LOOP.replace('titles(', 'others(') });
    git(repository, 'checkout', '-q', 'work');
    commit(repository, { 'src/titles.ts': CAREFUL });
    const tip = git(repository, 'rev-parse', 'main');
    git(repository, 'merge', '-q', '--no-ff', '-m', 'Merge', 'main');
    const merged = { CI_MERGE_REQUEST_DIFF_BASE_SHA: left, CI_MERGE_REQUEST_TARGET_BRANCH_SHA: tip };
    const variables = { ...mergeRequest(repository, ''), ...merged };
    const { status, log } = await gitlab(clone(context, repository), ['querylens-diff'], variables);
    assert.equal(status, 0, log);
  });

  test('without a token the text is an artifact, and a base that is not there is said', async (context) => {
    const { url, comments } = await commentServer(context);
    const repository = ciRepository(context);
    const folder = clone(context, repository);
    const { status, log } = await gitlab(folder, ['querylens-diff'], mergeRequest(repository, url));
    assert.equal(status, 1, log);
    assert.equal(comments.length, 130);
    assert.match(readFileSync(join(folder, 'querylens-diff.md'), 'utf8'), /Querylens fails/);
    const nowhere = { ...mergeRequest(repository, url), CI_MERGE_REQUEST_DIFF_BASE_SHA: '0'.repeat(40) };
    const missing = await gitlab(folder, ['querylens-diff'], nowhere);
    assert.equal(missing.status, 1);
    assert.doesNotMatch(missing.log, /Querylens fails/);
  });
});
