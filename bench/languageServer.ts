import { type ChildProcess, spawn } from 'node:child_process';

/** A message of JSON-RPC as far as these programs look at it. */
export interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

export interface LanguageServer {
  readonly process: ChildProcess;
  request(method: string, params: object): void;
  notify(method: string, params: object): void;
  /** The first message that fits, with the milliseconds since the process was started; null when it does not come in time. */
  until(fits: (message: Message) => boolean, withinMs: number): Promise<number | null>;
}

/** Starts a language server on standard input and output; requests from it are answered with nothing. */
export function startLanguageServer(args: readonly string[], cwd: string): LanguageServer {
  const started = performance.now();
  const child = spawn(process.execPath, args, { cwd, stdio: ['pipe', 'pipe', 'ignore'] });
  const listeners = new Set<(message: Message) => void>();
  const send = (message: object) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  readMessages(child, (message) => {
    if (message.id !== undefined && message.method !== undefined) send({ id: message.id, result: null });
    for (const listener of listeners) listener(message);
  });
  let id = 0;
  return {
    process: child,
    request: (method, params) => send({ id: ++id, method, params }),
    notify: (method, params) => send({ method, params }),
    until: (fits, withinMs) =>
      new Promise((resolve) => {
        const end = (found: number | null) => {
          clearTimeout(timer);
          listeners.delete(listener);
          resolve(found);
        };
        const timer = setTimeout(() => end(null), withinMs);
        const listener = (message: Message) => {
          if (fits(message)) end(performance.now() - started);
        };
        listeners.add(listener);
      }),
  };
}

function readMessages(child: ChildProcess, each: (message: Message) => void): void {
  let received = Buffer.alloc(0);
  child.stdout?.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const head = received.indexOf('\r\n\r\n');
      const length = head < 0 ? undefined : /Content-Length: (\d+)/i.exec(received.toString('latin1', 0, head))?.[1];
      if (length === undefined || received.length < head + 4 + Number(length)) return;
      each(JSON.parse(received.toString('utf8', head + 4, head + 4 + Number(length))));
      received = received.subarray(head + 4 + Number(length));
    }
  });
}
