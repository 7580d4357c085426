import assert from 'node:assert/strict';
import { realpathSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createDeploys, namedDeploy } from '#cli/collecting/deploys.ts';
import { git } from '#test/support/gitRepository.ts';
import { projectFolder } from '#test/support/projectFolder.ts';

const HOUR_MS = 3_600_000;

/** A project with one commit. */
function committed(context: TestContext) {
  const root = realpathSync(projectFolder(context, { 'src/a.ts': 'a', 'notes.txt': 'a' }));
  git(root, 'init', '-q');
  git(root, 'add', '-A');
  git(root, 'commit', '-q', '-m', 'First');
  return { root, head: () => git(root, 'rev-parse', 'HEAD').slice(0, 10) };
}

test('what runs from now on is of the commit, what ran before it was checked out is not', (context) => {
  const { root, head } = committed(context);
  const deploys = createDeploys(root, null);
  assert.equal(deploys.of(undefined, Date.now()), head());
  assert.equal(deploys.of(undefined, Date.now() - HOUR_MS), undefined);
  assert.equal(deploys.of(undefined, null), undefined);
});

test('a branch that is made at the same commit does not make it younger', (context) => {
  const { root, head } = committed(context);
  const begun = Date.now();
  git(root, '-c', 'core.logAllRefUpdates=true', 'checkout', '-qb', 'other');
  assert.equal(createDeploys(root, null).of(undefined, begun), head());
});

test('edited code is not the commit any more, since it was edited; other files are none of it', (context) => {
  const { root, head } = committed(context);
  const deploys = createDeploys(root, null);
  writeFileSync(join(root, 'notes.txt'), 'b');
  deploys.look(true);
  assert.equal(deploys.of(undefined, Date.now()), head());
  writeFileSync(join(root, 'src/b.ts'), 'b');
  const edited = new Date(Date.now() + HOUR_MS);
  utimesSync(join(root, 'src/b.ts'), edited, edited);
  deploys.look(true);
  assert.equal(deploys.of(undefined, edited.getTime() + 1000), `${head()}-dirty`);
  assert.equal(deploys.of(undefined, edited.getTime() - 1000), undefined);
});

test('another commit is taken over', (context) => {
  const { root, head } = committed(context);
  const deploys = createDeploys(root, null);
  const before = head();
  git(root, 'commit', '-q', '--allow-empty', '-m', 'Second');
  deploys.look(false);
  assert.notEqual(head(), before);
  assert.equal(deploys.of(undefined, Date.now() + 1000), head());
});

test('a person goes before the log, and the log before the commit', (context) => {
  const { root } = committed(context);
  assert.equal(createDeploys(root, 'v1').of('v2', Date.now()), 'v1');
  assert.equal(createDeploys(root, 'v1').of(undefined, null), 'v1');
  assert.equal(createDeploys(root, null).of('v2', Date.now()), 'v2');
  const silent = createDeploys(root, false);
  assert.deepEqual([silent.of('v2', 0), silent.of(undefined, Date.now())], ['v2', undefined]);
});

test('without git nothing is said', (context) => {
  assert.equal(createDeploys(projectFolder(context, {}), null).of(undefined, Date.now()), undefined);
});

test('the option goes before the environment, and both take names only', () => {
  assert.equal(namedDeploy('v1', { QUERYLENS_DEPLOY: 'v2' }), 'v1');
  assert.equal(namedDeploy(undefined, { QUERYLENS_DEPLOY: 'v2' }), 'v2');
  assert.equal(namedDeploy(false, { QUERYLENS_DEPLOY: 'v2' }), false);
  assert.equal(namedDeploy(undefined, { QUERYLENS_DEPLOY: '' }), null);
  assert.throws(() => namedDeploy('the new one', {}), /--deploy takes a name of at most 64 letters.*not "the new one"/);
  assert.throws(() => namedDeploy(undefined, { QUERYLENS_DEPLOY: 'a b' }), /QUERYLENS_DEPLOY takes a name/);
});
