import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { CAREFUL } from '#test/support/changedProject.ts';
import { git } from '#test/support/gitRepository.ts';
import { logged } from '#test/support/measuredProject.ts';
import { checkout, ciRepository, commit } from './support/ciRepository.ts';
import { commentServer } from './support/commentServer.ts';
import { type JobRun, runJob } from './support/githubJob.ts';

const FILES = join(import.meta.dirname, '../../docs/ci');
const WORKFLOW = join(FILES, 'github-action.yml');

/** The event of a pull request from the repository itself, or from a fork of it. */
function pullRequest(from = 'a/b') {
  const event = { number: 7, pull_request: { number: 7, head: { repo: { full_name: from } } } };
  return { event_name: 'pull_request', repository: 'a/b', event };
}
const PUSH = { event_name: 'push', repository: 'a/b', event: {} };

/** What actions/checkout brings: the merge of the branch, so deep. */
function merged(context: TestContext, root: string, depth: number): string {
  git(root, 'checkout', '-q', '-B', 'merged', 'main');
  git(root, 'merge', '-q', '--no-ff', '-m', 'Merge', 'work');
  git(root, 'checkout', '-q', 'work');
  return checkout(context, root, 'merged', depth);
}

function assertRan({ outcomes, log }: JobRun, expected: Readonly<Record<string, string>>): void {
  const { 'actions/checkout@v5': _, 'actions/setup-node@v5': __, ...own } = outcomes;
  assert.deepEqual(own, expected, log);
}

describe('the lint job', () => {
  const run = (root: string, github: Parameters<typeof runJob>[2]['github']) =>
    runJob(WORKFLOW, 'lint', { root, github });

  test('annotates, fails, and uploads what code scanning reads', async (context) => {
    const root = merged(context, ciRepository(context), 1);
    const ran = await run(root, pullRequest());
    assertRan(ran, {
      'npm ci': 'success',
      'Annotate the lines': 'failure',
      'Write what code scanning reads': 'success',
      'github/codeql-action/upload-sarif@v4': 'success',
    });
    assert.match(ran.log, /^::warning file=src\/titles\.ts,line=6,.*title=querylens%3A n-plus-one::/m);
    const { runs } = JSON.parse(readFileSync(join(root, 'querylens.sarif'), 'utf8'));
    assert.equal(runs[0].results[0].ruleId, 'n-plus-one');
  });

  test('passes where there is nothing to find, and uploads that', async (context) => {
    const repository = ciRepository(context);
    commit(repository, { 'src/titles.ts': CAREFUL });
    const { outcomes, log } = await run(merged(context, repository, 1), PUSH);
    assert.deepEqual([...new Set(Object.values(outcomes))], ['success'], log);
  });

  test('uploads nothing with the token of a fork, nor where there is no answer', async (context) => {
    const repository = ciRepository(context);
    const ofFork = await run(merged(context, repository, 1), pullRequest('c/b'));
    assert.equal(ofFork.outcomes['github/codeql-action/upload-sarif@v4'], 'skipped');
    commit(repository, { 'querylens.config.json': '{ "rules": { "n-plus-on": "off" } }' });
    const { outcomes, log } = await run(merged(context, repository, 1), pullRequest());
    assert.equal(outcomes['Write what code scanning reads'], 'failure', log);
    assert.equal(outcomes['github/codeql-action/upload-sarif@v4'], 'skipped');
  });
});

describe('the diff job', () => {
  test('writes one comment, and that again', async (context) => {
    const { url: api, comments } = await commentServer(context);
    const repository = ciRepository(context);
    const run = async () =>
      runJob(WORKFLOW, 'diff', { root: merged(context, repository, 2), github: pullRequest(), api });
    const ran = await run();
    assertRan(ran, {
      'npm ci': 'success',
      'Compare with the base': 'success',
      'Comment, in place of the comment of the run before': 'success',
      'Fail where the comment says so': 'failure',
    });
    assert.equal(comments.length, 131);
    assert.match(comments[130]?.body ?? '', /^<!-- querylens diff -->\n\n## Querylens fails: 1 warning new/);
    assert.match(
      comments[130]?.body ?? '',
      /\(https:\/\/github\.example\/a\/b\/blob\/[0-9a-f]{40}\/src\/titles\.ts#L6\)/,
    );
    assert.equal(ran.summary, comments[130]?.body);
    comments.push({ id: 131, user: { type: 'User' }, body: comments[130]?.body ?? '' });
    commit(repository, { 'src/titles.ts': CAREFUL });
    const again = await run();
    assert.equal(again.outcomes['Fail where the comment says so'], 'success', again.log);
    assert.equal(comments.length, 132);
    assert.match(comments[130]?.body ?? '', /## Querylens passes: nothing new/);
    assert.match(comments[131]?.body ?? '', /fails/);
  });

  test('is silent where there is nothing to say', async (context) => {
    const { url: api, comments } = await commentServer(context);
    const repository = ciRepository(context);
    commit(repository, { 'src/titles.ts': CAREFUL });
    const { outcomes, log } = await runJob(WORKFLOW, 'diff', {
      root: merged(context, repository, 2),
      ...{ github: pullRequest(), api },
    });
    assert.deepEqual([...new Set(Object.values(outcomes))], ['success'], log);
    assert.equal(comments.length, 130);
  });

  test('fails where the branch of a fork does, with the text in the summary', async (context) => {
    const root = merged(context, ciRepository(context), 2);
    const { outcomes, summary, log } = await runJob(WORKFLOW, 'diff', { root, github: pullRequest('c/b') });
    assert.equal(outcomes['Comment, in place of the comment of the run before'], 'skipped');
    assert.equal(outcomes['Fail where the comment says so'], 'failure', log);
    assert.match(summary, /Querylens fails/);
  });

  test('fails at once where the base is not there, and is no job of a push', async (context) => {
    const root = merged(context, ciRepository(context), 1);
    const { outcomes, log } = await runJob(WORKFLOW, 'diff', { root, github: pullRequest() });
    assert.equal(outcomes['Compare with the base'], 'failure');
    assert.match(log, /there is no commit called "HEAD\^1" here/);
    assert.deepEqual((await runJob(WORKFLOW, 'diff', { root, github: PUSH })).outcomes, {});
  });
});

describe('the job of the budgets', () => {
  const checks = (name: string, p95Ms: number, outcome: string, says: RegExp): void => {
    test(name, async (context) => {
      const config = JSON.stringify({ budgets: { queries: { '*': { p95Ms } } } });
      const root = merged(context, ciRepository(context, { 'querylens.config.json': config }), 1);
      mkdirSync(join(root, 'querylens-logs'));
      logged(join(root, 'querylens-logs'), [1200]);
      const ran = await runJob(join(FILES, 'github-budgets.yml'), 'check', {
        ...{ root, github: PUSH, inputs: { artifact: 'database-log' } },
      });
      assert.equal(ran.outcomes['Hold it to the budgets'], outcome, ran.log);
      assert.match(ran.summary, says);
      assert.equal(ran.outcomes['Draw the report'], 'success', ran.log);
      assert.ok(existsSync(join(root, 'querylens-report.html')));
    });
  };
  checks('passes where they hold', 2000, 'success', /^held {5}Post\.findFirst: p95 1\.2 s, at most 2 s/);
  checks('fails where one is crossed', 100, 'failure', /^CROSSED {2}Post\.findFirst: p95 1\.2 s, at most 100 ms/);
});
