import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Keystroke } from './typing.ts';

/** TypeScript's own server on one file, asked through its protocol on standard input and output. */
export interface TypeScriptServer {
  /** Tells of an edit; `before` is the text it is made in. */
  change(before: string, stroke: Keystroke): void;
  /** Waits for semantic diagnostics of the text as it is now. */
  diagnose(): Promise<Spent>;
  end(): void;
}

/** Milliseconds. */
export interface Spent {
  readonly clock: number;
  /** Of the thread that works; the clock's where the system does not tell. */
  readonly processor: number;
}

/** Starts it, opens the file and waits for the first diagnostics. */
export async function openTypeScriptServer(root: string, file: string, text: string): Promise<TypeScriptServer> {
  const program = join(import.meta.dirname, 'node_modules/typescript/lib/tsserver.js');
  const child = spawn(process.execPath, ['--max-old-space-size=4096', program, '--disableAutomaticTypingAcquisition'], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const path = join(root, file);
  let seq = 0;
  const send = (command: string, args: object) =>
    child.stdin?.write(`${JSON.stringify({ seq: ++seq, type: 'request', command, arguments: args })}\n`);
  const diagnosed = awaitEvents(child, 'semanticDiag');
  const ask = async (): Promise<Spent> => {
    const [clock, processor] = [performance.now(), processorTime(child)];
    send('geterr', { files: [path], delay: 0 });
    await diagnosed();
    const spent = performance.now() - clock;
    const after = processorTime(child);
    return { clock: spent, processor: processor === null || after === null ? spent : after - processor };
  };
  send('open', { file: path, fileContent: text, projectRootPath: root });
  await ask();
  return {
    change: (before, { start, end, inserted }) => {
      const [from, to] = [placeOf(before, start), placeOf(before, end)];
      send('change', { file: path, ...from, endLine: to.line, endOffset: to.offset, insertString: inserted });
    },
    diagnose: ask,
    end: () => child.kill(),
  };
}

function placeOf(text: string, at: number): { readonly line: number; readonly offset: number } {
  const before = text.slice(0, at);
  return { line: before.split('\n').length, offset: at - before.lastIndexOf('\n') };
}

function awaitEvents(child: ChildProcess, event: string): () => Promise<void> {
  let waiting: (() => void) | null = null;
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (text + chunk).split('\n');
    text = lines.pop() ?? '';
    if (lines.some((line) => line.includes(`"event":"${event}"`))) waiting?.();
  });
  return () =>
    new Promise((resolve) => {
      waiting = resolve;
    });
}

/** Milliseconds the process's main thread ran so far, null where the system does not tell. */
export function processorTime({ pid }: ChildProcess): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return null;
  }
}
