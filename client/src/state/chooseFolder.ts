import * as vscode from 'vscode';
import type { FolderState } from './projectState.ts';

/** The only folder there is, or the one a person chooses; null where they turn away or there is none. */
export async function chooseFolder(folders: readonly FolderState[], title: string): Promise<FolderState | null> {
  const [only = null, ...others] = folders;
  if (others.length === 0) return only;
  const items = folders.map((folder) => ({ label: folder.name, folder }));
  return (await vscode.window.showQuickPick(items, { title }))?.folder ?? null;
}
