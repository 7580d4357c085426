import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { loadSqlite } from '#bridge/sqlite.ts';
import { openStore } from '#bridge/store/openStore.ts';
import { git } from '#test/support/gitRepository.ts';
import { PROGRAM } from '#test/support/lspClient.ts';
import { CLIENT, projectFolder, SMALL_PROJECT } from '#test/support/projectFolder.ts';
import type { Printed } from './runCli.ts';

// Through the process itself: what a person is told who has a store, a repository or a folder that cannot answer.

const sqlite = await loadSqlite();
const STORE = '.querylens/evidence.db';
const BUDGETS = { 'querylens.config.json': JSON.stringify({ budgets: { queries: { '*': { p95Ms: 1 } } } }) };

function run(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Printed> {
  const { promise, resolve } = Promise.withResolvers<Printed>();
  const child = execFile(process.execPath, [PROGRAM, ...args], { cwd, env }, (_, stdout, stderr) =>
    resolve({ status: child.exitCode ?? -1, stdout, stderr }),
  );
  return promise;
}

/** A project whose store is what `make` leaves there. */
function projectWith(context: TestContext, make: (root: string) => void): string {
  const root = projectFolder(context, { ...SMALL_PROJECT, ...BUDGETS });
  make(root);
  return root;
}

/** A store in which nothing was counted, or that says of itself what `pragma` sets. */
function openedStore(root: string, pragma = 'user_version'): void {
  const opened = openStore(sqlite, root);
  assert.ok(opened.kind === 'open');
  opened.store.database.pragma(pragma);
  opened.store.close();
}

function noDatabase(root: string): void {
  mkdirSync(join(root, '.querylens'));
  writeFileSync(join(root, STORE), 'A text that is longer than the header of a database.\n'.repeat(20));
}

const UNREADABLE: readonly (readonly [what: string, make: (root: string) => void, says: RegExp])[] = [
  [
    'of a newer Querylens',
    (root) => openedStore(root, 'user_version = 99'),
    /was made by a newer Querylens: update this one/,
  ],
  ['that is no database', noDatabase, /evidence\.db is damaged; the next count begins a new one and keeps it beside/],
  [
    'that is a folder',
    (root) => mkdirSync(join(root, STORE), { recursive: true }),
    /evidence\.db cannot be read: EISDIR/,
  ],
];

describe('a store that cannot answer', () => {
  for (const [what, make, says] of UNREADABLE)
    test(`${what} leaves a report of the code alone, and fails whoever requires it`, async (context) => {
      const root = projectWith(context, make);
      const plain = await run(root, ['report', '--format', 'prometheus']);
      assert.equal(plain.status, 0);
      assert.match(plain.stdout, /^querylens_measured_queries 0$/m);
      assert.match(plain.stderr, says);
      const required = await run(root, ['report', '--evidence']);
      assert.deepEqual([required.status, required.stdout], [2, '']);
      assert.match(required.stderr, says);
      const checked = await run(root, ['check']);
      assert.equal(checked.status, 2);
      assert.match(checked.stderr, /nothing is known of what the budgets bound/);
    });

  test('that is empty says that nothing was measured, and fails whoever requires it', async (context) => {
    const root = projectWith(context, (root) => openedStore(root));
    const plain = await run(root, ['report']);
    assert.deepEqual([plain.status, plain.stderr], [0, '']);
    assert.match(plain.stdout, /Nothing was measured yet/);
    for (const command of [
      ['report', '--evidence'],
      ['lint', '--evidence'],
      ['check', '--evidence'],
    ]) {
      const { status, stdout, stderr } = await run(root, command);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, /--evidence: there are no measurements yet/);
    }
  });
});

test('where all measured calls are gone, a report says so and budgets cannot be held', async (context) => {
  const root = projectFolder(context, { ...SMALL_PROJECT, ...BUDGETS });
  const call = { file: 'src/titles.ts', line: 6, column: 35, model: 'Post', operation: 'findFirst' };
  writeFileSync(join(root, 'one.ndjson'), `${JSON.stringify({ v: 1, at: Date.now(), ms: 3, ...call })}\n`);
  assert.equal((await run(root, ['ingest', 'one.ndjson'])).status, 0);
  rmSync(join(root, 'src/titles.ts'));
  writeFileSync(join(root, 'src/db.ts'), `${CLIENT}export const count = () => prisma.user.count();\n`);
  const told = /1 more execution is of 1 call that is not in the code any more/;
  const reported = await run(root, ['report']);
  assert.equal(reported.status, 0);
  assert.match(reported.stdout, told);
  const checked = await run(root, ['check']);
  assert.equal(checked.status, 2);
  assert.match(checked.stderr, told);
});

describe('what a diff needs', () => {
  const refuses = (name: string, prepare: (root: string) => readonly string[], says: RegExp, env?: NodeJS.ProcessEnv) =>
    test(name, async (context) => {
      const root = projectFolder(context, SMALL_PROJECT);
      const args = prepare(root);
      const { status, stdout, stderr } = await run(root, ['diff', ...args], env);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, says);
    });
  const commit = (root: string): void => {
    git(root, 'init', '-q');
    git(root, 'add', '-A');
    git(root, 'commit', '-qm', 'Begin');
  };
  refuses('is a repository', () => ['main'], /the folder is not in a git repository/);
  refuses('is git', () => ['main'], /git is needed for this and cannot be run/, { ...process.env, PATH: '/nowhere' });
  refuses(
    'is a commit',
    (root) => {
      git(root, 'init', '-q');
      return ['main'];
    },
    /there is no commit called "main" here; in CI fetch it first: git fetch --depth=1 origin main:main/,
  );
  refuses(
    'is a base that is there',
    (root) => {
      commit(root);
      return ['origin/main'];
    },
    /there is no commit called "origin\/main" here; in CI fetch it first/,
  );
  refuses(
    'is a base and no option',
    (root) => {
      commit(root);
      return ['--', '--output=stolen'];
    },
    /there is no commit called "--output=stolen" here/,
  );
});

describe('a path without a project', () => {
  for (const command of ['report', 'check'])
    test(`is told by ${command}`, async (context) => {
      const root = projectFolder(context, {});
      const missing = await run(root, [command, 'nowhere']);
      assert.deepEqual([missing.status, missing.stdout], [2, '']);
      assert.match(missing.stderr, /nowhere: there is no such file or folder/);
      const bare = await run(root, [command]);
      assert.deepEqual([bare.status, bare.stdout], [2, '']);
      assert.match(bare.stderr, /no Prisma schema found, so nothing was checked/);
    });
});
