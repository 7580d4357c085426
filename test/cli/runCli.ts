import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Host } from '#cli/host.ts';
import { main } from '#cli/main.ts';

export interface Printed {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Around {
  readonly stdin?: string;
  readonly env?: Host['env'];
  readonly isTTY?: boolean;
  /** The folder of a built report page. */
  readonly reportPage?: string;
  /** Aborted when the run is to end. */
  readonly stop?: AbortSignal;
}

/** Runs the whole command line in this process: everything but the few lines that hand it the real one. */
export async function runCli(args: readonly string[], cwd: string, around: Around = {}): Promise<Printed> {
  const { host, printed } = keepingHost(cwd, around);
  const status = await main(args, host, '1.2.3');
  return { status, ...printed() };
}

/** A host that keeps what is printed. */
export function keepingHost(cwd: string, { stdin = '', env = {}, isTTY = false, reportPage = '', stop }: Around = {}) {
  const [out, err]: [string[], string[]] = [[], []];
  const host: Host = {
    cwd,
    env,
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: { write: (text) => out.push(text), isTTY },
    stderr: { write: (text) => err.push(text), isTTY },
    pages: (rule) => join(import.meta.dirname, '../../server/src/rules', rule, 'README.md'),
    reportPage,
    stopAsked: () => stop ?? new AbortController().signal,
  };
  return { host, printed: () => ({ stdout: out.join(''), stderr: err.join('') }) };
}
