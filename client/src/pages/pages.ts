import * as vscode from 'vscode';
import type { ProjectStore } from '../state/projectStore.ts';
import { coveragePage } from './coveragePage.ts';
import { summaryPage } from './summaryPage.ts';

const SCHEME = 'querylens';

/** Pages made from the state: `summary`, `coverage`. */
export const PAGES = {
  summary: vscode.Uri.from({ scheme: SCHEME, path: '/Querylens Findings.md' }),
  coverage: vscode.Uri.from({ scheme: SCHEME, path: '/Querylens Coverage.md' }),
} as const;

/** What changes while VS Code opens a document is lost on it, so it is told once more. */
const OPENING_MS = 1000;

/** Read-only documents that follow the state as long as somebody looks at them. */
export function createPages(store: ProjectStore): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const textOf = ({ path }: vscode.Uri) =>
    path === PAGES.summary.path ? summaryPage(store.state()) : coveragePage(store.state());
  const provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => {
      const text = textOf(uri);
      setTimeout(() => {
        if (textOf(uri) !== text) changed.fire(uri);
      }, OPENING_MS);
      return text;
    },
  });
  const redraw = store.onChange(() => {
    for (const uri of Object.values(PAGES)) changed.fire(uri);
  });
  return vscode.Disposable.from(provider, changed, redraw);
}
