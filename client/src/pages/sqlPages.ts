import * as vscode from 'vscode';

const SCHEME = 'querylens-sql';

/** Read-only documents with the SQL of queries, as it was when they were opened last. */
export interface SqlPages extends vscode.Disposable {
  /** Shows the text beside the code, with the colours of SQL; the same call has the same tab. */
  show(name: string, source: string, text: string): Promise<void>;
}

export function createSqlPages(): SqlPages {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
  });
  const closed = vscode.workspace.onDidCloseTextDocument(({ uri }) => void texts.delete(uri.toString()));
  return {
    show: async (name, source, text) => {
      const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}.sql`, query: source });
      texts.set(uri.toString(), text);
      changed.fire(uri);
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
    },
    dispose: () => vscode.Disposable.from(provider, closed, changed).dispose(),
  };
}
