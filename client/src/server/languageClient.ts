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
import { CLIENT_COMMANDS } from '#shared/protocol.ts';

/** What the language client needs from its surroundings. */
export interface ClientHost {
  /** Folder the extension is installed in. */
  readonly extension: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  /** Told when the process ended by itself; answers whether to start it again. */
  crashed(): boolean;
  /** Shows a page of ours; false where the address is not one. */
  showPage(uri: vscode.Uri): Promise<boolean>;
}

/** Where the built server is; null where the installation is broken. */
export async function serverModule(extension: vscode.Uri): Promise<string | null> {
  const module = vscode.Uri.joinPath(extension, 'dist/server.js');
  return vscode.workspace.fs.stat(module).then(
    () => module.fsPath,
    () => null,
  );
}

/** A client for the server at `module`, not started; diagnostics, hovers, lenses and actions are all its work. */
export function createLanguageClient(module: string, host: ClientHost): LanguageClient {
  return new LanguageClient(
    'querylens',
    'Querylens',
    serverOptions(module, host.extension.fsPath),
    clientOptions(host),
  );
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
    initializationOptions: { commands: Object.values(CLIENT_COMMANDS) },
    markdown: { isTrusted: { enabledCommands: Object.values(CLIENT_COMMANDS) } },
    diagnosticPullOptions: { onChange: true },
    errorHandler: errorHandler(host),
    middleware: middleware(host),
  };
}

/** The messages go to the log; what a person has to know is said by {@link ClientHost.crashed}. */
function errorHandler({ crashed }: ClientHost): ErrorHandler {
  return {
    error: (_error, _message, count) => ({
      action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
      handled: true,
    }),
    closed: () => {
      const again = crashed();
      const message = again ? 'The server stopped by itself and is started again.' : 'The server stopped by itself.';
      return { action: again ? CloseAction.Restart : CloseAction.DoNotRestart, message, handled: true };
    },
  };
}

/** Rules' pages open as pages and not as Markdown source. Progress is shown by the status bar and the view, so the server's own is not shown beside it. */
function middleware({ showPage }: ClientHost): Middleware {
  return {
    handleWorkDoneProgress: () => undefined,
    window: {
      showDocument: async (params, token, next) => {
        return (await showPage(vscode.Uri.parse(params.uri))) ? { success: true } : next(params, token);
      },
    },
  };
}
