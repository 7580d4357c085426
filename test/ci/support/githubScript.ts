import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { context, getOctokit } from '@actions/github';

// Runs a script as actions/github-script does: with GitHub's own client for what the environment names, in a function of its own.
const [path = ''] = process.argv.slice(2);
const AsyncFunction: new (...args: string[]) => (...args: unknown[]) => Promise<unknown> = Object.getPrototypeOf(
  async () => undefined,
).constructor;
const run = new AsyncFunction('github', 'context', 'require', readFileSync(path, 'utf8'));
await run(getOctokit('token'), context, createRequire(import.meta.url));
