import assert from 'node:assert/strict';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { checkedOutCommit } from '#cli/collecting/checkedOutCommit.ts';
import { projectFolder } from '#test/support/projectFolder.ts';
import { git } from '#test/support/repository.ts';

/** A project with one commit, and that. */
function committed(context: TestContext) {
  const root = realpathSync(projectFolder(context, { 'a.txt': 'a' }));
  git(root, 'init', '-q');
  git(root, 'add', 'a.txt');
  git(root, 'commit', '-q', '-m', 'First');
  return { root, head: () => git(root, 'rev-parse', 'HEAD').slice(0, 10) };
}

test('a branch, in the folder and below', (context) => {
  const { root, head } = committed(context);
  mkdirSync(join(root, 'packages/api'), { recursive: true });
  assert.equal(checkedOutCommit(root), head());
  assert.equal(checkedOutCommit(join(root, 'packages/api')), head());
});

test('the commit after the next one', (context) => {
  const { root, head } = committed(context);
  const before = checkedOutCommit(root);
  git(root, 'commit', '-q', '--allow-empty', '-m', 'Second');
  assert.notEqual(checkedOutCommit(root), before);
  assert.equal(checkedOutCommit(root), head());
});

test('a branch that is packed', (context) => {
  const { root, head } = committed(context);
  git(root, 'pack-refs', '--all');
  assert.equal(checkedOutCommit(root), head());
});

test('no branch at all', (context) => {
  const { root, head } = committed(context);
  git(root, 'checkout', '-q', '--detach');
  assert.equal(checkedOutCommit(root), head());
});

test('a worktree, on a branch of its own that is packed or not', (context) => {
  const { root, head } = committed(context);
  const tree = join(root, 'tree');
  git(root, 'worktree', 'add', '-q', '-b', 'other/branch', tree);
  assert.equal(checkedOutCommit(tree), head());
  git(tree, 'commit', '-q', '--allow-empty', '-m', 'Second');
  const second = git(tree, 'rev-parse', 'HEAD').slice(0, 10);
  assert.equal(checkedOutCommit(tree), second);
  git(root, 'pack-refs', '--all');
  assert.equal(checkedOutCommit(tree), second);
});

test('nothing committed yet, and files that say nothing', (context) => {
  const root = projectFolder(context, {});
  git(root, 'init', '-q');
  assert.equal(checkedOutCommit(root), null);
  writeFileSync(join(root, '.git/HEAD'), 'nonsense');
  assert.equal(checkedOutCommit(root), null);
  writeFileSync(join(root, '.git/HEAD'), 'ref: refs/heads/a\n');
  writeFileSync(join(root, '.git/packed-refs'), '# pack-refs with: peeled\n');
  assert.equal(checkedOutCommit(root), null);
});
