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
  if (!/\/rules\/([a-z0-9-]+\/)?README\.md$/.test(uri.path)) return false;
  await showPage(uri);
  return true;
}

/** Shows the page of a rule; that of all rules for those without one of their own. */
export async function showRulePage(extension: vscode.Uri, rule: string): Promise<void> {
  const pages = vscode.Uri.joinPath(extension, 'dist/rules');
  const own = vscode.Uri.joinPath(pages, rule, 'README.md');
  const hasOwn = await vscode.workspace.fs.stat(own).then(
    () => true,
    () => false,
  );
  await showPage(hasOwn ? own : vscode.Uri.joinPath(pages, 'README.md'));
}
