import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { SCRIPT } from '#test/support/builtCli.ts';
import { CAREFUL_PROJECT } from '#test/support/changedProject.ts';
import { git, gitRepository } from '#test/support/gitRepository.ts';
import { LOOP, projectFolder } from '#test/support/projectFolder.ts';

type TestHooks = { after(hook: () => void): void };

/** What a runner hands to commands: its own variables and no others, and npm without a network. */
export function runnerEnv(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    HOME: process.env.HOME ?? '',
    ...{ npm_config_offline: 'true', npm_config_audit: 'false', npm_config_update_notifier: 'false' },
    ...more,
  };
}

/**
 * A repository whose package has this command line as its `querylens`, installed by npm. On `main` nothing is to be found, unless `files`
 * say otherwise; on `work`, one commit further, a route asks in a loop.
 */
export function ciRepository(context: TestHooks, files: Readonly<Record<string, string>> = {}): string {
  const tool = projectFolder(context, {
    'package.json': '{ "name": "querylens", "version": "1.0.0", "type": "module", "bin": "cli.js" }',
    'cli.js': `#!/usr/bin/env node\nawait import(${JSON.stringify(SCRIPT)});\n`,
  });
  const manifest = JSON.stringify({ name: 'example', private: true, devDependencies: { querylens: `file:${tool}` } });
  const root = gitRepository(context, { ...CAREFUL_PROJECT, 'package.json': manifest, ...files });
  execFileSync('npm', ['install', '--silent'], { cwd: root, env: runnerEnv(), stdio: 'pipe' });
  commit(root, {});
  git(root, 'branch', '-f', 'main');
  commit(root, { 'src/titles.ts': LOOP });
  return root;
}

/** A clone of one branch with so many commits, as CI checks it out. */
export function checkout(context: TestHooks, root: string, branch: string, depth: number): string {
  const folder = projectFolder(context, {});
  git(folder, 'init', '-q');
  git(folder, 'remote', 'add', 'origin', `file://${root}`);
  git(folder, 'fetch', '-q', `--depth=${depth}`, 'origin', branch);
  git(folder, 'checkout', '-qfB', branch, 'FETCH_HEAD');
  return folder;
}

/** Commits everything, with some files written anew. */
export function commit(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
  git(root, 'add', '-A');
  git(root, 'commit', '-qm', 'Work');
}
