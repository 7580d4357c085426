import * as vscode from 'vscode';
import { METHODS, type ReportFormat, type ReportTextParams, type ReportTextResult } from '#shared/protocol.ts';
import type { Session } from '../server/session.ts';
import { chooseFolder } from '../state/chooseFolder.ts';
import type { FolderState } from '../state/projectState.ts';
import type { ProjectStore } from '../state/projectStore.ts';
import type { ReportPanels } from './reportPanels.ts';

/** What these commands act on. */
export interface ReportCommandBench {
  readonly session: Session;
  readonly store: ProjectStore;
  readonly reports: ReportPanels;
}

/** Opens the report: of the folder and at the route a lens names, else of a folder a person chooses where there are several. */
export async function showReport(bench: ReportCommandBench, [uri, file, line]: readonly unknown[]): Promise<void> {
  const { folders } = bench.store.state();
  const named = typeof uri === 'string' ? vscode.Uri.parse(uri).toString() : null;
  const folder =
    folders.find((each) => each.uri === named) ?? (await chooseFolder(folders, 'The report of which folder?'));
  if (folder === null) return void vscode.window.showInformationMessage('Querylens: open a folder to report on.');
  const route = typeof file === 'string' && typeof line === 'number' ? { file, line } : null;
  bench.reports.show(folder, route);
}

const FORMATS: Readonly<Record<string, ReportFormat>> = { html: 'html', md: 'markdown', json: 'json' };

/** Writes the report into a file a person names; its ending decides what it is. */
export async function exportReport(bench: ReportCommandBench): Promise<void> {
  const folder = await reportedFolder(bench, 'Export the report of which folder?');
  const target = folder && (await askForFile(folder));
  if (!folder || !target) return;
  const format = FORMATS[target.path.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'html';
  const text = await reportText(bench, { folder: folder.uri, format });
  if (text === null) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const open = format === 'html' ? 'Open in Browser' : 'Open';
  const chosen = await vscode.window.showInformationMessage(`Querylens: the report is in ${target.fsPath}.`, open);
  if (chosen === undefined) return;
  if (format === 'html') await vscode.env.openExternal(target);
  else await vscode.window.showTextDocument(target);
}

/** Puts the report on the clipboard, for a comment or a wiki. */
export async function copyReport(bench: ReportCommandBench): Promise<void> {
  const folder = await reportedFolder(bench, 'Copy the report of which folder?');
  const text = folder && (await reportText(bench, { folder: folder.uri, format: 'markdown' }));
  if (!text) return;
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage('Querylens: the report is on the clipboard', 8000);
}

function askForFile({ uri }: FolderState): Thenable<vscode.Uri | undefined> {
  return vscode.window.showSaveDialog({
    title: 'Export Performance Report',
    saveLabel: 'Export',
    defaultUri: vscode.Uri.joinPath(vscode.Uri.parse(uri), 'querylens-report.html'),
    filters: { 'Page for a browser': ['html'], Markdown: ['md'], JSON: ['json'] },
  });
}

/** The folder whose report is in front, else the one a person chooses. */
async function reportedFolder({ store, reports }: ReportCommandBench, title: string): Promise<FolderState | null> {
  const { folders } = store.state();
  const active = reports.active();
  return folders.find(({ uri }) => uri === active) ?? chooseFolder(folders, title);
}

/** Null where it cannot be made; a person was then told so. */
async function reportText({ session }: ReportCommandBench, params: ReportTextParams): Promise<string | null> {
  const client = await session.started();
  const result = client && (await client.sendRequest<ReportTextResult | null>(METHODS.reportText, params));
  if (result) return result.text;
  void vscode.window.showWarningMessage('Querylens: the report could not be made; its output says why.');
  return null;
}
