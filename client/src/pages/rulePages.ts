import * as vscode from 'vscode';

/** Shows a Markdown file or document as a page; as text where the preview is not there. */
export async function showPage(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  } catch {
    await vscode.window.showTextDocument(uri);
  }
}

/** Shows the page behind `uri` if it is that of a rule. */
export async function showIfRulePage(uri: vscode.Uri): Promise<boolean> {
  if (!/\/rules\/[a-z0-9-]+\/README\.md$/.test(uri.path)) return false;
  await showPage(uri);
  return true;
}

/** Where the page of a rule is in the installed extension. */
export function rulePage(extension: vscode.Uri, rule: string): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist/rules', rule, 'README.md');
}
