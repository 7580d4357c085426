import * as vscode from 'vscode';
import { withFolders } from './projectState.ts';
import type { ProjectStore } from './projectStore.ts';

/** Keeps the store's folders those of the window, in its order. */
export function followFolders(store: ProjectStore): vscode.Disposable {
  const draw = (): void => {
    const open = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    store.update((state) =>
      withFolders(
        state,
        open.map(({ uri, name }) => ({ uri: uri.toString(), name })),
      ),
    );
  };
  draw();
  return vscode.workspace.onDidChangeWorkspaceFolders(draw);
}
