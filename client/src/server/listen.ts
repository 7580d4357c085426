import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type EvidenceParams,
  type FindingsResult,
  type FolderParams,
  METHODS,
  type StatusParams,
} from '#shared/protocol.ts';
import { withEvidence, withFindings, withServer, withStatus } from '../state/projectState.ts';
import type { ProjectStore } from '../state/projectStore.ts';
import { pacedFetch } from './pacedFetch.ts';

/** While somebody types the list changes with every pause: what takes the server long is asked for less often. */
const PACE = { leastMs: 300, longestMs: 3000, timesTaken: 5 };

/** Fills the store from what the server tells; lists are fetched when it says that they changed. */
export function listen(client: LanguageClient, store: ProjectStore, log: vscode.LogOutputChannel): void {
  const fetch = pacedFetch(async (folder) => {
    if (!client.isRunning()) return;
    const params: FolderParams = { folder };
    const result = await client.sendRequest<FindingsResult>(METHODS.findings, params);
    store.update((state) => withFindings(state, { ...result, folder: sameForm(folder) }));
  }, PACE);
  client.onDidChangeState(() => {
    if (client.isRunning()) store.update((state) => withServer(state, { kind: 'running' }));
  });
  client.onNotification(METHODS.status, ({ folder, status }: StatusParams) => {
    store.update((state) => withStatus(state, { folder: sameForm(folder), status }));
  });
  client.onNotification(METHODS.evidence, (evidence: EvidenceParams) => {
    store.update((state) => withEvidence(state, { ...evidence, folder: sameForm(evidence.folder) }));
  });
  client.onNotification(METHODS.findingsChanged, ({ folder }: Required<FolderParams>) => {
    fetch(folder).catch((error: unknown) => log.warn('the list of findings did not arrive:', String(error)));
  });
}

/** Two spellings of one address are one folder. */
function sameForm(uri: string): string {
  return vscode.Uri.parse(uri).toString();
}
