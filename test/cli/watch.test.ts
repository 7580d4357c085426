import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { main } from '#cli/main.ts';
import type { CollectorEvent } from '#shared/collectorEvents.ts';
import { LOOP, projectFolder, SMALL_PROJECT } from '#test/support/projectFolder.ts';
import { until } from '#test/support/until.ts';
import { keepingHost } from './runCli.ts';

const PROGRAM = join(import.meta.dirname, '../../server/src/cli/process.ts');

/** A project whose logs are watched until `stop`, or until the test ends. */
function watch(context: TestContext, root: string, ...args: readonly string[]) {
  const stopping = new AbortController();
  const { host, printed } = keepingHost(root, { stop: stopping.signal });
  const ended = main(['watch', ...args], host, '1.2.3');
  context.after(() => stopping.abort());
  const events = () =>
    printed()
      .stdout.split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as CollectorEvent);
  const counted = () => events().reduce((sum, event) => sum + (event.kind === 'counted' ? event.executions : 0), 0);
  return {
    events,
    printed,
    counted: (executions: number) => until(() => counted() === executions, `${executions} executions are counted`),
    ended: async () => ({ status: await ended, ...printed() }),
    stop: async () => {
      stopping.abort();
      return { status: await ended, ...printed() };
    },
  };
}

const project = (context: TestContext, files: Readonly<Record<string, string>> = {}) =>
  projectFolder(context, { ...SMALL_PROJECT, ...files });

function call(line: number, at = 1767261600000): string {
  const call = { v: 1, at, ms: 2, file: 'src/titles.ts', line, column: 35 };
  return `${JSON.stringify({ ...call, model: 'Post', operation: 'findFirst' })}\n`;
}

test('follows what the configuration names and what the probe writes', async (context) => {
  const config = JSON.stringify({ logs: ['log/*.ndjson'] });
  const root = project(context, { 'querylens.config.json': config, 'log/a.ndjson': call(6) });
  const { events, counted, stop } = watch(context, root, '--json');
  await counted(1);
  assert.deepEqual(events()[0], { kind: 'started', files: ['log/a.ndjson'], url: null });
  mkdirSync(join(root, '.querylens'), { recursive: true });
  writeFileSync(join(root, '.querylens/probe-7-abc.ndjson'), call(6, 1767261600001) + call(6));
  await counted(3);
  const { status } = await stop();
  const summary = events().at(-1);
  assert.ok(summary?.kind === 'summary');
  assert.deepEqual([status, summary.executions, summary.matched.exact], [0, 3, 3]);
});

test('counts on the calls as they are in the code now', async (context) => {
  const root = project(context, { 'calls.ndjson': call(6) });
  const { counted, stop } = watch(context, root, 'calls.ndjson', '--json');
  await counted(1);
  // Files are looked at every two seconds at most.
  await new Promise((resolve) => setTimeout(resolve, 2100));
  writeFileSync(join(root, 'src/titles.ts'), `\n\n${LOOP}`);
  appendFileSync(join(root, 'calls.ndjson'), call(8));
  await counted(2);
  const { stdout } = await stop();
  assert.match(stdout, /"exact":2/);
});

test('tells people what it follows, what is wrong, and in the end what was counted', async (context) => {
  const root = project(context, { 'calls.ndjson': call(6), 'notes.txt': 'words\n'.repeat(4000) });
  const { stop, printed } = watch(context, root, 'calls.ndjson', 'notes.txt', 'later.log');
  const told = 'querylens: notes.txt: its format is not known; name it with --format\n';
  await until(() => printed().stderr === told, 'the log nobody can read is told of');
  const { status, stdout } = await stop();
  assert.equal(status, 0);
  assert.match(stdout, /^following calls\.ndjson, notes\.txt; Ctrl-C ends\n1 execution counted in /);
});

test('Ctrl-C ends the process with a summary', {
  skip: process.platform === 'win32' && 'there is no SIGINT to send',
}, async (context) => {
  const root = project(context, { 'calls.ndjson': call(6) });
  const child = spawn(process.execPath, [PROGRAM, 'watch', 'calls.ndjson', '--json'], { cwd: root });
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  const ended = once(child, 'close');
  await until(() => told.includes('"counted"'), 'the log is counted');
  child.kill('SIGINT');
  assert.deepEqual(await ended, [0, null]);
  assert.match(told, /"kind":"summary","executions":1,/);
});

test('a store that is taken away ends it in a sentence', async (context) => {
  const root = project(context, { 'calls.ndjson': call(6) });
  const { counted, ended } = watch(context, root, 'calls.ndjson', '--json');
  await counted(1);
  rmSync(join(root, '.querylens'), { recursive: true });
  appendFileSync(join(root, 'calls.ndjson'), call(6));
  const { status, stderr } = await ended();
  assert.equal(status, 2);
  assert.match(
    stderr,
    /^querylens: \.querylens\/evidence\.db was removed or replaced while it was written; run this again\n$/,
  );
});

test('a watch that cannot begin says why', async (context) => {
  const root = project(context);
  const { host, printed } = keepingHost(root);
  assert.equal(await main(['watch', '--cwd', 'nowhere', '--json'], host, '1.2.3'), 2);
  assert.match(printed().stdout, /^\{"kind":"failed","message":"nowhere: there is no such file or folder"\}\n$/);
});
