import assert from 'node:assert/strict';
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { TestContext } from 'node:test';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { builtCli } from './builtCli.ts';

const DIST = join(import.meta.dirname, '../../dist');

/** A server in a process of its own. */
export interface BuiltServer {
  readonly process: ChildProcess;
  readonly connection: MessageConnection;
  /** Everything it wrote so far to standard output and standard error. */
  readonly output: () => { readonly stdout: Buffer; readonly stderr: string };
  /** Resolves with the exit code, once all output was read. */
  readonly ended: Promise<number | null>;
}

/** `querylens lsp --stdio` as it is installed, built first when the sources are newer. */
export function stdioServer(context: Pick<TestContext, 'after'>): BuiltServer {
  build();
  const child = spawn(process.execPath, [join(DIST, 'cli.js'), 'lsp', '--stdio']);
  const toClient = child.stdout.pipe(new PassThrough());
  const connection = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(child.stdin));
  return observed(context, child, connection);
}

/** The server as VS Code forks it; from a copy where nothing is installed beside it, if `alone`. */
export function forkedServer(context: Pick<TestContext, 'after'>, { alone = false } = {}): BuiltServer {
  build();
  const child = fork(join(alone ? copied(context) : DIST, 'server.js'), ['--node-ipc'], { silent: true });
  return observed(context, child, createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child)));
}

function build(): void {
  assert.equal(builtCli(['--version'], import.meta.dirname).stderr, '');
}

function copied(context: Pick<TestContext, 'after'>): string {
  const folder = mkdtempSync(join(tmpdir(), 'querylens-dist-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(DIST, folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return folder;
}

function observed(
  context: Pick<TestContext, 'after'>,
  child: ChildProcess,
  connection: MessageConnection,
): BuiltServer {
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  context.after(() => void child.kill());
  return {
    ...{ process: child, connection },
    output: () => ({ stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() }),
    ended: once(child, 'close').then(([code]: (number | null)[]) => code ?? null),
  };
}

/** The messages a stream consists of; fails on any byte that belongs to none. */
export function protocolMessages(stream: Buffer): readonly unknown[] {
  const messages: unknown[] = [];
  for (let at = 0; at < stream.length; ) {
    const head = /^Content-Length: (\d+)\r\n\r\n/.exec(stream.subarray(at, at + 60).toString());
    assert.ok(head, `not a message: ${stream.subarray(at, at + 200).toString()}`);
    const start = at + head[0].length;
    at = start + Number(head[1]);
    messages.push(JSON.parse(stream.subarray(start, at).toString()));
  }
  return messages;
}
