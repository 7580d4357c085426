import * as vscode from 'vscode';
import { type IngestResult, METHODS, SERVER_COMMANDS, type UnmatchedResult } from '#shared/protocol.ts';
import { COMMANDS } from '../commandIds.ts';
import { run, runAndTell } from '../server/serverCommands.ts';
import type { Session } from '../server/session.ts';
import type { SqlPages } from '../server/sqlCommands.ts';
import { chooseFolder } from '../state/chooseFolder.ts';
import type { FolderState } from '../state/projectState.ts';
import type { ProjectStore } from '../state/projectStore.ts';
import { foldersWhere } from './evidenceOverview.ts';

/** What these commands act on. */
export interface EvidenceBench {
  readonly session: Session;
  readonly store: ProjectStore;
  readonly pages: SqlPages;
}

/** Counts logs, which a person chooses where none are given, and says what became of them. */
export async function ingestLog(bench: EvidenceBench, given: readonly vscode.Uri[]): Promise<void> {
  const folder = await evidenceFolder(bench, 'Count the calls of which folder?', ({ allowed }) => allowed, given[0]);
  if (folder === null) return;
  const files = given.length > 0 ? given : await chooseLogs(folder, 'Ingest');
  if (files.length === 0) return;
  const result = await run(bench.session, SERVER_COMMANDS.ingest, folder.uri, ...files.map(({ fsPath }) => fsPath));
  // The message stays as long as nobody closes it.
  if (isIngestResult(result)) void tellResult(folder, result);
}

async function tellResult(folder: FolderState, { message, unmatched }: IngestResult): Promise<void> {
  const actions = unmatched > 0 ? [SHOW_UNMATCHED] : [];
  const chosen = await vscode.window.showInformationMessage(`Querylens: ${message}.`, ...actions);
  if (chosen === SHOW_UNMATCHED) await vscode.commands.executeCommand(COMMANDS.showUnmatched, folder.uri);
}

const SHOW_UNMATCHED = 'Show Unmatched';

/** Follows the logs the project names, else those a person chooses. */
export async function startWatching(bench: EvidenceBench, given: readonly vscode.Uri[]): Promise<void> {
  const folder = await evidenceFolder(bench, 'Watch the logs of which folder?', ({ allowed }) => allowed, given[0]);
  if (folder === null) return;
  const files = given.length > 0 || isNamed(folder) ? given : await chooseWatched(folder);
  if (files === null) return;
  const paths = files.map(({ fsPath }) => fsPath);
  await runAndTell(bench.session, SERVER_COMMANDS.startWatching, folder.uri, ...paths);
}

function isNamed({ evidence }: FolderState): boolean {
  return (evidence?.logs ?? []).length > 0;
}

/** No file for what the probe writes; null where a person turned away. */
async function chooseWatched(folder: FolderState): Promise<readonly vscode.Uri[] | null> {
  const items = [
    { label: 'Choose logs…', detail: 'Of the database or the application', probe: false },
    { label: 'What the probe writes', detail: '.querylens/probe-*.ndjson, as soon as it is there', probe: true },
  ];
  const placeHolder = 'Logs named under "logs" in querylens.config.json are watched without a question';
  const chosen = await vscode.window.showQuickPick(items, { title: 'Watch which logs?', placeHolder });
  if (!chosen || chosen.probe) return chosen ? [] : null;
  const files = await chooseLogs(folder, 'Watch');
  return files.length > 0 ? files : null;
}

/** Stops it in every folder. */
export async function stopWatching({ session, store }: EvidenceBench): Promise<void> {
  for (const { uri } of foldersWhere(store.state(), ({ watching }) => watching !== null))
    await runAndTell(session, SERVER_COMMANDS.stopWatching, uri);
}

/** Listens for one folder: there is one port. */
export async function startReceiver(bench: EvidenceBench): Promise<void> {
  const folder = await evidenceFolder(bench, 'Receive what of which folder?', ({ allowed }) => allowed);
  if (folder !== null) await runAndTell(bench.session, SERVER_COMMANDS.startReceiver, folder.uri);
}

/** Stops it in every folder. */
export async function stopReceiver({ session, store }: EvidenceBench): Promise<void> {
  for (const { uri } of foldersWhere(store.state(), ({ receiver }) => receiver !== null))
    await runAndTell(session, SERVER_COMMANDS.stopReceiver, uri);
}

/** Removes all measurements of a folder, once a person confirmed it. */
export async function clearMeasurements(bench: EvidenceBench): Promise<void> {
  const folder = await evidenceFolder(bench, 'Clear the measurements of which folder?', ({ measured }) => measured);
  if (folder === null) return;
  const confirmed = await vscode.window.showWarningMessage(
    `Clear all measurements of ${folder.name}?`,
    {
      modal: true,
      detail: 'What was counted of its calls is removed. Logs that are still there can be ingested again.',
    },
    'Clear',
  );
  if (confirmed === 'Clear') await runAndTell(bench.session, SERVER_COMMANDS.clearMeasurements, folder.uri, true);
}

/** Opens the SQL nobody could be told to send. */
export async function showUnmatched(bench: EvidenceBench, uri?: string): Promise<void> {
  const named = bench.store.state().folders.find((folder) => folder.uri === uri) ?? null;
  const folder = named ?? (await evidenceFolder(bench, 'Show the SQL of which folder?', ({ measured }) => measured));
  const client = folder && (await bench.session.started());
  if (!folder || !client) return;
  const result = await client.sendRequest<UnmatchedResult | null>(METHODS.unmatched, { folder: folder.uri });
  if (result) await bench.pages.show('Unmatched SQL', folder.uri, result.page);
}

/** The folder a file lies in, the only one there is, or the one a person chooses; null where they turn away or there is none. */
async function evidenceFolder(
  { store }: EvidenceBench,
  title: string,
  fits: (evidence: NonNullable<FolderState['evidence']>) => boolean,
  file?: vscode.Uri,
): Promise<FolderState | null> {
  const folders = foldersWhere(store.state(), fits);
  const around = file && vscode.workspace.getWorkspaceFolder(file)?.uri.toString();
  if (folders.length === 0) void vscode.window.showInformationMessage(NOT_NOW);
  return folders.find(({ uri }) => uri === around) ?? chooseFolder(folders, title);
}

const NOT_NOW =
  'Querylens: measurements need a workspace that is trusted, the setting querylens.evidence.enable, and a Prisma schema.';

async function chooseLogs(folder: FolderState, openLabel: string): Promise<readonly vscode.Uri[]> {
  const chosen = await vscode.window.showOpenDialog({
    title: 'Logs of the database or the application',
    openLabel,
    defaultUri: vscode.Uri.parse(folder.uri),
    canSelectMany: true,
  });
  return chosen ?? [];
}

function isIngestResult(value: unknown): value is IngestResult {
  return typeof value === 'object' && value !== null && 'message' in value && 'unmatched' in value;
}
