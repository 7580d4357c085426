import * as vscode from 'vscode';
import { METHODS, type ReportResult } from '#shared/protocol.ts';
import type { EditorMessage, OpenPlace, RoutePlace } from '#shared/reportMessages.ts';
import { REPORT_VIEW } from '../commandIds.ts';
import { pacedFetch } from '../server/pacedFetch.ts';
import type { Session } from '../server/session.ts';
import type { FolderState } from '../state/projectState.ts';
import type { ProjectStore } from '../state/projectStore.ts';
import { pageMessage } from './pageMessage.ts';
import { reportHtml } from './reportHtml.ts';

/** What a panel is drawn from. */
export interface ReportBench {
  /** Folder the extension is installed in. */
  readonly extension: vscode.Uri;
  readonly session: Session;
  readonly store: ProjectStore;
}

/** The report of one folder, as it is now, for as long as somebody has it open. */
export interface ReportPanel {
  readonly panel: vscode.WebviewPanel;
  /** Comes to the front, at a route where one is named. */
  reveal(route: RoutePlace | null): void;
}

/** While the code changes or calls are counted the report follows, and takes the server a tenth of its time at most. */
const PACE = { leastMs: 1000, longestMs: 20_000, timesTaken: 9 };

const NOT_RUNNING = 'The server does not run; its item in the status bar says why.';
const NOT_MADE = 'The report could not be made; the output of Querylens says why.';
const NO_SCHEMA = 'There is no Prisma schema here, so there is nothing to report.';

/** A new panel in the active column. */
export function newPanel(folder: FolderState): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(REPORT_VIEW, `Performance Report: ${folder.name}`, vscode.ViewColumn.Active, {
    enableFindWidget: true,
    retainContextWhenHidden: true,
  });
}

/** Fills a panel with the report of a folder, given by its URI. */
export function reportPanel(bench: ReportBench, folder: string, panel: vscode.WebviewPanel): ReportPanel {
  const { session, store } = bench;
  const state = () => store.state().folders.find(({ uri }) => uri === folder) ?? null;
  const tell = (message: EditorMessage<object>): Thenable<boolean> => panel.webview.postMessage(message);
  let root = vscode.Uri.parse(folder);
  let route: RoutePlace | null = null;
  let shown: number | null = null;
  let isClosed = false;

  async function fetch(): Promise<void> {
    const heard = state()?.answers ?? 0;
    const client = await session.started();
    if (client === null) return void tell({ kind: 'failed', message: NOT_RUNNING });
    const result = await client.sendRequest<ReportResult | null>(METHODS.report, { folder }).catch(() => null);
    if (isClosed) return;
    if (result === null)
      return void tell({ kind: 'failed', message: state()?.status?.kind === 'no-schema' ? NO_SCHEMA : NOT_MADE });
    [root, shown] = [vscode.Uri.parse(result.root), heard];
    await tell({ kind: 'report', folder, report: result.report });
    goToRoute();
  }
  const follow = pacedFetch(fetch, PACE);

  function goToRoute(): void {
    if (route === null || shown === null) return;
    void tell({ kind: 'route', ...route });
    route = null;
  }

  function look(): void {
    if (panel.visible && shown !== null && (state()?.answers ?? 0) !== shown) void follow(folder);
  }

  const listening = vscode.Disposable.from(
    store.onChange(look),
    panel.onDidChangeViewState(look),
    panel.webview.onDidReceiveMessage((said) => {
      const message = pageMessage(said);
      if (message?.kind === 'open') void openPlace(root, message);
      else if (message) void fetch();
    }),
  );
  panel.onDidDispose(() => {
    isClosed = true;
    listening.dispose();
  });
  draw(bench.extension, panel);
  return {
    panel,
    reveal: (wanted) => {
      route = wanted;
      panel.reveal();
      goToRoute();
    },
  };
}

function draw(extension: vscode.Uri, panel: vscode.WebviewPanel): void {
  const { webview } = panel;
  const dist = vscode.Uri.joinPath(extension, 'dist');
  const address = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
  panel.iconPath = vscode.Uri.joinPath(extension, 'client/media/icon.svg');
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
  webview.html = reportHtml({
    ...{ script: address('report-page.js'), style: address('report-page.css') },
    ...{ source: webview.cspSource, nonce: crypto.randomUUID() },
  });
}

/** Beside the report, so that both can be looked at. */
async function openPlace(root: vscode.Uri, { file, line, column }: OpenPlace): Promise<void> {
  const at = new vscode.Position(line - 1, column - 1);
  const uri = vscode.Uri.joinPath(root, file);
  try {
    await vscode.window.showTextDocument(uri, {
      selection: new vscode.Range(at, at),
      viewColumn: vscode.ViewColumn.Beside,
    });
  } catch {
    void vscode.window.showWarningMessage(`Querylens: ${file} cannot be opened; it may have been moved since.`);
  }
}
