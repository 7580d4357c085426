import * as vscode from 'vscode';

/** Where the built server is; null where the installation is broken. */
export async function serverModule(extension: vscode.Uri): Promise<string | null> {
  const module = vscode.Uri.joinPath(extension, 'dist/server.js');
  return vscode.workspace.fs.stat(module).then(
    () => module.fsPath,
    () => null,
  );
}
