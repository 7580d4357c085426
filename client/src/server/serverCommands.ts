import * as vscode from 'vscode';
import { SERVER_COMMANDS } from '#shared/protocol.ts';
import type { TreeNode } from '../list/findingTree.ts';
import type { ProjectStore } from '../state/projectStore.ts';
import type { Session } from './session.ts';

/** Reads everything anew; a server that stands still or comes up does so by starting. */
export async function scan(session: Session, store: ProjectStore): Promise<void> {
  const { kind } = store.state().server;
  if (kind === 'stopped' || kind === 'off') await session.restart();
  if (kind === 'running') await run(session, SERVER_COMMANDS.scan);
}

/** Accepts all present findings of a folder, which a person chooses where there are several. */
export async function createBaseline(session: Session, store: ProjectStore): Promise<void> {
  const folders = store
    .state()
    .folders.map(({ uri, name, findings }) => ({ uri, label: name, description: `${findings.length} findings` }));
  const folder =
    folders.length < 2
      ? folders[0]
      : await vscode.window.showQuickPick(folders, { title: 'Accept the findings of which folder?' });
  if (folder !== undefined) await runAndTell(session, SERVER_COMMANDS.createBaseline, folder.uri);
}

/** Accepts the finding on that line of the list. */
export async function addToBaseline(session: Session, node: TreeNode | undefined): Promise<void> {
  if (node?.kind !== 'finding') return;
  await runAndTell(session, SERVER_COMMANDS.addToBaseline, node.folder, node.listed.finding.id);
}

/** Shows what a bug report needs to know, to be copied. */
export async function showVersions(session: Session): Promise<void> {
  const server = await run(session, SERVER_COMMANDS.about);
  if (typeof server !== 'string') return;
  const text = `${server}Editor: ${vscode.env.appName} ${vscode.version}`;
  const chosen = await vscode.window.showInformationMessage(text.replaceAll('\n', ' · '), 'Copy');
  if (chosen === 'Copy') await vscode.env.clipboard.writeText(text);
}

/** The server answers with a sentence on what it did. */
export async function runAndTell(session: Session, command: string, ...given: readonly unknown[]): Promise<void> {
  const told = await run(session, command, ...given);
  if (typeof told === 'string') vscode.window.setStatusBarMessage(`Querylens: ${told}`, 8000);
}

/** Runs a command of the server; null where it does not run or fails, which a person was then told. */
export async function run(session: Session, command: string, ...given: readonly unknown[]): Promise<unknown> {
  const client = await session.started();
  if (client === null) {
    void vscode.window.showWarningMessage('Querylens does not run; its item in the status bar says why.');
    return null;
  }
  try {
    return await client.sendRequest('workspace/executeCommand', { command, arguments: [...given] });
  } catch (error) {
    void vscode.window.showErrorMessage(`Querylens: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}
