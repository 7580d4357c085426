import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { TestContext } from 'node:test';
import {
  type CancellationToken,
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { createConnection } from 'vscode-languageserver/node';
import type { Diagnostic, InitializeParams, InitializeResult } from 'vscode-languageserver-protocol';
import { startServer } from '#lsp/server.ts';
import { toUri } from '#lsp/uris.ts';
import { RULES } from '#rules/index.ts';
import type { Rule } from '#rules/rule.ts';

/** A client that knows JSON-RPC and no more: what the tests see is what any editor gets. */
export interface LspClient {
  readonly initialized: InitializeResult;
  readonly connection: MessageConnection;
  /** Everything the server sent, requests and notifications, in order. */
  readonly received: readonly Received[];
  uri(file: string): string;
  open(file: string, text?: string): void;
  /** Replaces the whole text, or one range of it. */
  change(file: string, text: string, range?: object): void;
  save(file: string): void;
  close(file: string): void;
  /** Tells of files on the disk: `created`, `changed` or `deleted`. */
  watched(kind: keyof typeof CHANGES, ...files: readonly string[]): void;
  /** What was last published for a file; null when nothing ever was. */
  published(file: string): Published | null;
  /** The next list for a file that fits, or the last one if it fits already. */
  diagnostics(file: string, fits?: (list: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]>;
  request<Result>(method: string, params?: unknown, token?: CancellationToken): Promise<Result>;
  /** Parameters of all messages of a method. */
  all<Params>(method: string): readonly Params[];
  /** Waits until the server has answered for a folder once more, so that what it has not sent by then it will not send. */
  answered(act: () => unknown): Promise<void>;
  until(what: string, holds: () => boolean): Promise<void>;
}

export interface Received {
  readonly method: string;
  readonly params: unknown;
}

export interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ClientOptions {
  /** Absolute; paths of files are relative to the first one. */
  readonly folders: readonly string[];
  readonly capabilities?: InitializeParams['capabilities'] | undefined;
  /** What stands in the place of the defaults below. */
  readonly params?: Partial<InitializeParams>;
  /** The editor's settings under `querylens`; may change while the server runs. */
  readonly settings?: { current: unknown };
  /** How to reach a server; one in this process when absent. */
  readonly connect?: () => MessageConnection;
  /** Rules of a server in this process; all of ours when absent. */
  readonly rules?: readonly Rule[];
}

const CHANGES = { created: 1, changed: 2, deleted: 3 } as const;
const PATIENCE_MS = 30_000;
/** The command line as it stands in the sources. */
export const PROGRAM = join(import.meta.dirname, '../../server/src/cli/process.ts');

export const PUSHING: InitializeParams['capabilities'] = {
  textDocument: {
    publishDiagnostics: {
      relatedInformation: true,
      versionSupport: true,
      codeDescriptionSupport: true,
      dataSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
  },
  window: { workDoneProgress: true, showDocument: { support: true } },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
  },
};

/** The same client, fetching diagnostics instead of being sent them. */
export const PULLING: InitializeParams['capabilities'] = {
  ...PUSHING,
  textDocument: { ...PUSHING.textDocument, diagnostic: { relatedDocumentSupport: false } },
  workspace: { ...PUSHING.workspace, diagnostics: { refreshSupport: true } },
};

/** Connects, initialises, and ends with the test. */
export async function lspClient(context: Pick<TestContext, 'after'>, options: ClientOptions): Promise<LspClient> {
  const connection = options.connect?.() ?? connectInProcess(options.rules ?? RULES);
  context.after(() => connection.dispose());
  const received: Received[] = [];
  const watchers = new Set<() => void>();
  const arrived = (method: string, params: unknown) => {
    received.push({ method, params });
    for (const watcher of watchers) watcher();
  };
  connection.onNotification((method, params) => arrived(method, params));
  connection.onUnhandledProgress((params) => arrived('$/progress', params));
  connection.onRequest((method, params) => {
    arrived(method, params);
    if (method === 'workspace/configuration') return [options.settings?.current ?? null];
    return method === 'window/showDocument' ? { success: true } : null;
  });
  connection.listen();
  // The client's own handler of traces would come before ours.
  connection.onNotification('$/logTrace', (params) => arrived('$/logTrace', params));
  const initialized = await connection.sendRequest<InitializeResult>('initialize', initializeParams(options));
  await connection.sendNotification('initialized', {});

  const [root = ''] = options.folders;
  const uri = (file: string) => toUri(join(root, file));
  const versions = new Map<string, number>();
  const all = <Params>(method: string) =>
    received.filter((message) => message.method === method).map(({ params }) => params as Params);
  const published = (file: string) =>
    all<Published>('textDocument/publishDiagnostics').findLast((each) => each.uri === uri(file)) ?? null;
  const notify = (method: string, params: unknown) => void connection.sendNotification(method, params);
  const until = (what: string, holds: () => boolean): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const look = () => holds() && resolve();
    const timer = setTimeout(() => reject(new Error(`the server never sent ${what}`)), PATIENCE_MS);
    watchers.add(look);
    look();
    return promise.finally(() => {
      clearTimeout(timer);
      watchers.delete(look);
    });
  };
  if ((options.capabilities ?? PUSHING).workspace?.configuration)
    await until('a question for settings', () => all('workspace/configuration').length > 0);
  return {
    ...{ initialized, connection, received, uri, all, published, until },
    open: (file, text = readFileSync(join(root, file), 'utf8')) => {
      versions.set(file, 1);
      notify('textDocument/didOpen', { textDocument: { uri: uri(file), languageId: 'typescript', version: 1, text } });
    },
    change: (file, text, range) => {
      const version = (versions.get(file) ?? 0) + 1;
      versions.set(file, version);
      const contentChanges = [range ? { range, text } : { text }];
      notify('textDocument/didChange', { textDocument: { uri: uri(file), version }, contentChanges });
    },
    save: (file) => notify('textDocument/didSave', { textDocument: { uri: uri(file) } }),
    close: (file) => notify('textDocument/didClose', { textDocument: { uri: uri(file) } }),
    watched: (kind, ...files) =>
      notify('workspace/didChangeWatchedFiles', {
        changes: files.map((file) => ({ uri: uri(file), type: CHANGES[kind] })),
      }),
    diagnostics: async (file, fits = () => true) => {
      await until(
        `fitting diagnostics for ${file}`,
        () => fits(published(file)?.diagnostics ?? []) && published(file) !== null,
      );
      return published(file)?.diagnostics ?? [];
    },
    request: (method, params, token) =>
      token ? connection.sendRequest(method, params, token) : connection.sendRequest(method, params),
    answered: async (act) => {
      // What was sent before this question was answered belongs to earlier acts.
      await connection.sendRequest('querylens/rules');
      const before = all('querylens/findingsChanged').length;
      await act();
      await until('one more answer', () => all('querylens/findingsChanged').length > before);
    },
  };
}

function initializeParams({ folders, capabilities = PUSHING, params }: ClientOptions): InitializeParams {
  const workspaceFolders = folders.map((folder) => ({ uri: toUri(folder), name: folder }));
  return { processId: null, rootUri: null, capabilities, workspaceFolders, ...params };
}

/** A server in this process, behind two streams. */
function connectInProcess(rules: readonly Rule[]): MessageConnection {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  startServer(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)), {
    version: '1.2.3',
    rules,
    program: { module: PROGRAM },
    pageOf: (rule) => `file:///pages/${rule}/README.md`,
    readProgram: (name) => `/* ${name} */`,
  });
  return createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
}
