import * as vscode from 'vscode';
import {
  CloseAction,
  type DocumentSelector,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  type Middleware,
  RevealOutputChannelOn,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import { CLIENT_COMMANDS, type InitializationOptions } from '#shared/protocol.ts';

/** What the language client needs from its surroundings. */
export interface ClientHost {
  /** Folder the extension is installed in. */
  readonly extension: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  /** Told when the process ended by itself. */
  closed(): void;
  /** Shows a page of ours; false where the address is not one. */
  showPage(uri: vscode.Uri): Promise<boolean>;
}

/** A client for the server at `module`, not started; diagnostics, hovers, lenses and actions are all its work. */
export function createLanguageClient(module: string, host: ClientHost): LanguageClient {
  return new QuietClient('querylens', 'Querylens', serverOptions(module, host.extension.fsPath), clientOptions(host));
}

/** Errors go to the log: what a person has to know is said once, by the session. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** The workspace's folder is no place to start a program in, so the process starts in the extension's own. */
function serverOptions(module: string, cwd: string): ServerOptions {
  const run = { module, transport: TransportKind.ipc, options: { cwd, execArgv: [] } };
  return { run, debug: { ...run, options: { cwd, execArgv: ['--nolazy', '--inspect=6017'] } } };
}

const DOCUMENTS: DocumentSelector = [
  { scheme: 'file', language: 'typescript' },
  { scheme: 'file', language: 'typescriptreact' },
  { scheme: 'file', language: 'javascript' },
  { scheme: 'file', language: 'javascriptreact' },
  { scheme: 'file', pattern: '**/*.prisma' },
  { scheme: 'file', pattern: '**/querylens.config.json' },
];

function clientOptions(host: ClientHost): LanguageClientOptions {
  return {
    documentSelector: DOCUMENTS,
    outputChannel: host.log,
    traceOutputChannel: host.log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: initializationOptions(),
    markdown: { isTrusted: { enabledCommands: Object.values(CLIENT_COMMANDS) } },
    diagnosticPullOptions: { onChange: true },
    errorHandler: errorHandler(host),
    initializationFailedHandler: () => false,
    middleware: middleware(host),
  };
}

function initializationOptions(): InitializationOptions {
  return { commands: Object.values(CLIENT_COMMANDS), trusted: vscode.workspace.isTrusted, showsStatus: true };
}

/** The client never starts the server again by itself, and says what it has to say in the log: restarts and messages are the session's. */
function errorHandler({ closed }: ClientHost): ErrorHandler {
  return {
    error: (_error, _message, count) => ({
      action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
      handled: true,
    }),
    closed: () => {
      closed();
      return { action: CloseAction.DoNotRestart, message: 'The connection to the server is closed.', handled: true };
    },
  };
}

/** Rules' pages open as pages and not as Markdown source. */
function middleware({ showPage }: ClientHost): Middleware {
  return {
    window: {
      showDocument: async (params, token, next) => {
        return (await showPage(vscode.Uri.parse(params.uri))) ? { success: true } : next(params, token);
      },
    },
  };
}
