import * as vscode from 'vscode';
import { createApi, type QuerylensApi } from './api.ts';
import { registerCommands } from './commands.ts';
import { createContextKeys } from './contextKeys.ts';
import { createEvidenceStatus } from './evidence/evidenceStatus.ts';
import { followTrust } from './evidence/followTrust.ts';
import { createFindingsView } from './list/findingsView.ts';
import { GROUPINGS } from './list/findingTree.ts';
import { greyOldFindings } from './list/treeItems.ts';
import { createPages } from './pages/pages.ts';
import { createSqlPages } from './pages/sqlPages.ts';
import { createReportPanels } from './report/reportPanels.ts';
import { followQueries } from './server/followQueries.ts';
import { followSwitch } from './server/followSwitch.ts';
import { createSession } from './server/session.ts';
import { rememberedChoice } from './state/choice.ts';
import { projectStore } from './state/projectStore.ts';
import { followFolders } from './state/workspaceFolders.ts';
import { createStatusBar } from './status/statusBar.ts';

let stop: () => Promise<void> = async () => undefined;

/** Puts the parts together and starts the server without waiting for it. */
export function activate(extension: vscode.ExtensionContext): QuerylensApi {
  const begun = performance.now();
  const log = vscode.window.createOutputChannel('Querylens', { log: true });
  const store = projectStore();
  const session = createSession(extension.extensionUri, log, store);
  const sqlPages = createSqlPages();
  const reports = createReportPanels({ extension: extension.extensionUri, session, store });
  const grouping = rememberedChoice(extension.workspaceState, 'querylens.grouping', GROUPINGS);
  stop = session.stop;
  extension.subscriptions.push(
    log,
    followFolders(store),
    followSwitch(session),
    followTrust(session),
    createStatusBar(store),
    createEvidenceStatus(store),
    createContextKeys(store, grouping),
    createFindingsView(store, grouping),
    greyOldFindings(),
    createPages(store),
    ...[sqlPages, reports],
    followQueries(session, store),
    registerCommands({ extension, log, store, session, grouping, sqlPages, reports }),
  );
  const api = createApi(store, session);
  void session.restart();
  log.debug(`activated in ${(performance.now() - begun).toFixed(1)} ms`);
  return api;
}

/** Ends the server with the window. */
export function deactivate(): Promise<void> {
  return stop();
}
