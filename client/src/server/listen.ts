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
import { latestOnly } from './latestOnly.ts';

/** While somebody types the list changes with every pause: what takes the server long is asked for less often. */
const LEAST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 3000;
const PAUSES_PER_FETCH = 5;

/** Fills the store from what the server tells; lists are fetched when it says that they changed. */
export function listen(client: LanguageClient, store: ProjectStore, log: vscode.LogOutputChannel): void {
  const tookMs = new Map<string, number>();
  const fetch = latestOnly(async (folder: string) => {
    const last = tookMs.get(folder);
    if (last !== undefined) await pause(Math.min(LONGEST_PAUSE_MS, Math.max(LEAST_PAUSE_MS, PAUSES_PER_FETCH * last)));
    if (!client.isRunning()) return;
    const params: FolderParams = { folder };
    const begun = performance.now();
    const result = await client.sendRequest<FindingsResult>(METHODS.findings, params);
    tookMs.set(folder, performance.now() - begun);
    store.update((state) => withFindings(state, { ...result, folder: sameForm(folder) }));
  });
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

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Two spellings of one address are one folder. */
function sameForm(uri: string): string {
  return vscode.Uri.parse(uri).toString();
}
