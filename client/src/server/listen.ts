import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type FindingsResult, type FolderParams, METHODS, type StatusParams } from '#shared/protocol.ts';
import { withFindings, withServer, withStatus } from '../state/projectState.ts';
import type { ProjectStore } from '../state/projectStore.ts';
import { latestOnly } from './latestOnly.ts';

/** While somebody types the list changes with every pause, and a large project's list is large. */
const PAUSE_MS = 300;

/** Fills the store from what the server tells; lists are fetched when it says that they changed. */
export function listen(client: LanguageClient, store: ProjectStore, log: vscode.LogOutputChannel): void {
  const fetch = latestOnly(async (folder: string) => {
    const params: FolderParams = { folder };
    if (isListed(store, sameForm(folder))) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    const result = await client.sendRequest<FindingsResult>(METHODS.findings, params);
    store.update((state) => withFindings(state, { ...result, folder: sameForm(folder) }));
  });
  client.onDidChangeState(() => {
    if (client.isRunning()) store.update((state) => withServer(state, { kind: 'running' }));
  });
  client.onNotification(METHODS.status, ({ folder, status }: StatusParams) => {
    store.update((state) => withStatus(state, { folder: sameForm(folder), status }));
  });
  client.onNotification(METHODS.findingsChanged, ({ folder }: Required<FolderParams>) => {
    fetch(folder).catch((error: unknown) => log.warn('the list of findings did not arrive:', String(error)));
  });
}

function isListed(store: ProjectStore, folder: string): boolean {
  return store.state().folders.some(({ uri, listed }) => uri === folder && listed);
}

/** Two spellings of one address are one folder. */
function sameForm(uri: string): string {
  return vscode.Uri.parse(uri).toString();
}
