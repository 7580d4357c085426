import * as vscode from 'vscode';

/** Copies the sample into a folder, which a person chooses where none is given, and opens it; the copy's address, or null when they turn away. */
export async function openSample(extension: vscode.Uri, given?: vscode.Uri): Promise<vscode.Uri | null> {
  const parent = given ?? (await askForFolder());
  if (parent === null) return null;
  const target = await freeName(parent);
  await vscode.workspace.fs.copy(vscode.Uri.joinPath(extension, 'client/sample'), target);
  if (given === undefined) await openFolder(target);
  return target;
}

/** Beside the open folder and not in it, where the sample would become part of that project. */
async function askForFolder(): Promise<vscode.Uri | null> {
  const open = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showOpenDialog({
    ...(open && { defaultUri: vscode.Uri.joinPath(open, '..') }),
    title: 'Where should the sample project go?',
    openLabel: 'Put the Sample Here',
    canSelectFolders: true,
    canSelectFiles: false,
  });
  return chosen?.[0] ?? null;
}

async function freeName(parent: vscode.Uri): Promise<vscode.Uri> {
  const taken = new Set((await vscode.workspace.fs.readDirectory(parent)).map(([name]) => name));
  let name = 'querylens-sample';
  for (let n = 2; taken.has(name); n++) name = `querylens-sample-${n}`;
  return vscode.Uri.joinPath(parent, name);
}

/** What is open stays open. */
function openFolder(folder: vscode.Uri): Thenable<unknown> {
  const forceNewWindow = (vscode.workspace.workspaceFolders ?? []).length > 0;
  return vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow });
}
