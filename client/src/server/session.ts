import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import { type FindingsResult, type FolderParams, METHODS, type StatusParams } from '#shared/protocol.ts';
import { COMMANDS } from '../commandIds.ts';
import { showIfRulePage } from '../pages/rulePages.ts';
import { type ServerPhase, withFindings, withServer, withStatus } from '../state/projectState.ts';
import type { ProjectStore } from '../state/projectStore.ts';
import { crashPolicy } from './crashPolicy.ts';
import { createLanguageClient, serverModule } from './languageClient.ts';
import { latestOnly } from './latestOnly.ts';

/** The running server, from the first start to the window's end, through crashes and restarts. */
export interface Session {
  /** Null while nothing can be asked. */
  client(): LanguageClient | null;
  /** Starts, or starts anew; what can go wrong is in the state and never thrown. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A session that keeps `store` true; nothing runs before the first `restart`. */
export function createSession(extension: vscode.Uri, log: vscode.LogOutputChannel, store: ProjectStore): Session {
  const policy = crashPolicy();
  let current: LanguageClient | null = null;

  const phase = (server: ServerPhase): void => store.update((state) => withServer(state, server));
  const crashed = (): boolean => {
    const again = policy.crashed(Date.now());
    if (again) void vscode.window.setStatusBarMessage('Querylens stopped by itself and is started again.', 8000);
    else void complain('The server stopped by itself five times in three minutes and is not started again.');
    return again;
  };
  const complain = async (message: string): Promise<void> => {
    phase({ kind: 'stopped', message });
    const choice = await vscode.window.showErrorMessage(`Querylens: ${message}`, 'Show Output', 'Restart');
    if (choice === 'Show Output') log.show();
    if (choice === 'Restart') await vscode.commands.executeCommand(COMMANDS.restart);
  };

  const start = async (): Promise<void> => {
    const module = await serverModule(extension);
    if (module === null) {
      void complain('dist/server.js is missing from the extension. Install the extension again.');
      return;
    }
    const client = createLanguageClient(module, { extension, log, crashed, showPage: showIfRulePage });
    current = client;
    client.onDidChangeState(({ newState }) => {
      if (current !== client) return;
      if (newState === State.Running) phase({ kind: 'running' });
      if (newState === State.Starting) phase({ kind: 'starting' });
    });
    listen(client, store, log);
    try {
      await client.start();
    } catch (error) {
      log.error('starting the server failed', error instanceof Error ? error : String(error));
      if (current === client) void complain('The server does not start. The output says why.');
    }
  };

  const stop = async (): Promise<void> => {
    const client = current;
    current = null;
    await client?.dispose().catch((error: unknown) => log.warn('stopping the server failed', String(error)));
  };

  return {
    client: () => (current?.state === State.Running ? current : null),
    restart: async () => {
      policy.forget();
      await stop();
      phase({ kind: 'starting' });
      await start();
    },
    stop,
  };
}

/** Fills the store from the server's notifications; lists are fetched when the server says they changed. */
function listen(client: LanguageClient, store: ProjectStore, log: vscode.LogOutputChannel): void {
  const fetch = latestOnly(async (folder: string) => {
    const params: FolderParams = { folder };
    const result = await client.sendRequest<FindingsResult>(METHODS.findings, params);
    store.update((state) => withFindings(state, { ...result, folder: sameForm(result.folder) }));
  });
  const refresh = (folder: string): void => {
    fetch(folder).catch((error: unknown) => log.warn('the list of findings did not arrive', String(error)));
  };
  client.onNotification(METHODS.status, ({ folder, status }: StatusParams) => {
    store.update((state) => withStatus(state, { folder: sameForm(folder), status }));
  });
  client.onNotification(METHODS.findingsChanged, ({ folder }: Required<FolderParams>) => refresh(folder));
}

/** Two spellings of one address are one folder. */
function sameForm(uri: string): string {
  return vscode.Uri.parse(uri).toString();
}
