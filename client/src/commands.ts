import * as vscode from 'vscode';
import { CLIENT_COMMANDS } from '#shared/protocol.ts';
import { COMMANDS } from './commandIds.ts';
import {
  clearMeasurements,
  ingestLog,
  showUnmatched,
  startReceiver,
  startWatching,
  stopReceiver,
  stopWatching,
} from './evidence/evidenceCommands.ts';
import type { Grouping, TreeNode } from './list/findingTree.ts';
import { openSample } from './openSample.ts';
import { PAGES } from './pages/pages.ts';
import { showPage, showRulePage } from './pages/rulePages.ts';
import { copyReport, exportReport, showReport } from './report/reportCommands.ts';
import type { ReportPanels } from './report/reportPanels.ts';
import { askForRule, ruleOf } from './server/ruleChoice.ts';
import { addToBaseline, createBaseline, scan, showVersions } from './server/serverCommands.ts';
import type { Session } from './server/session.ts';
import { showPlaces } from './server/showPlaces.ts';
import { copySql, type SqlPages, showSql } from './server/sqlCommands.ts';
import type { Choice } from './state/choice.ts';
import type { ProjectStore } from './state/projectStore.ts';

/** What commands act on. */
export interface Workbench {
  readonly extension: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly store: ProjectStore;
  readonly session: Session;
  readonly grouping: Choice<Grouping>;
  readonly sqlPages: SqlPages;
  readonly reports: ReportPanels;
}

/** Registers every command of the manifest and those the server names. */
export function registerCommands(workbench: Workbench): vscode.Disposable {
  const { extension, log, session, store, grouping, sqlPages, reports } = workbench;
  const bench = { session, store, pages: sqlPages };
  const explain = async (from: unknown): Promise<void> => {
    const rule = ruleOf(from) ?? (await askForRule(session));
    if (rule !== null) await showRulePage(extension.extensionUri, rule);
  };
  const handlers: Readonly<Record<string, (...given: never[]) => unknown>> = {
    [COMMANDS.restart]: () => session.restart(),
    [COMMANDS.scan]: () => scan(session, store),
    [COMMANDS.showRules]: () => explain(undefined),
    [COMMANDS.createBaseline]: () => createBaseline(session, store),
    [COMMANDS.showReport]: (...given: unknown[]) => showReport({ session, store, reports }, given),
    [COMMANDS.exportReport]: () => exportReport({ session, store, reports }),
    [COMMANDS.copyReport]: () => copyReport({ session, store, reports }),
    [COMMANDS.openSummary]: () => showPage(PAGES.summary),
    [COMMANDS.showCoverage]: () => showPage(PAGES.coverage),
    [COMMANDS.showOutput]: () => log.show(),
    [COMMANDS.showVersions]: () => showVersions(session),
    [COMMANDS.openSample]: (parent?: vscode.Uri) => openSample(extension.extensionUri, parent),
    [COMMANDS.openWalkthrough]: () => openWalkthrough(extension.extension.id),
    [COMMANDS.openSettings]: () => openSettings(extension.extension.id),
    [COMMANDS.groupByProof]: () => grouping.choose('proof'),
    [COMMANDS.groupByRule]: () => grouping.choose('rule'),
    [COMMANDS.groupByRoute]: () => grouping.choose('route'),
    [COMMANDS.explainRule]: explain,
    [COMMANDS.ingestLog]: (one?: vscode.Uri, all?: readonly vscode.Uri[]) =>
      ingestLog(bench, all ?? (one ? [one] : [])),
    [COMMANDS.startWatching]: (files?: readonly vscode.Uri[]) =>
      startWatching(bench, Array.isArray(files) ? files : []),
    [COMMANDS.stopWatching]: () => stopWatching(bench),
    [COMMANDS.startReceiver]: () => startReceiver(bench),
    [COMMANDS.stopReceiver]: () => stopReceiver(bench),
    [COMMANDS.clearMeasurements]: () => clearMeasurements(bench),
    [COMMANDS.showUnmatched]: (folder?: string) => showUnmatched(bench, folder),
    [COMMANDS.addToBaseline]: (node: TreeNode) => addToBaseline(session, node),
    [COMMANDS.copyMessage]: copyMessage,
    [COMMANDS.copySql]: (...given: unknown[]) => copySql(session, given),
    [COMMANDS.showSql]: (...given: unknown[]) => showSql(session, sqlPages, given),
    [CLIENT_COMMANDS.showPlaces]: (...given: unknown[]) => showPlaces(session, given),
  };
  return vscode.Disposable.from(
    ...Object.entries(handlers).map(([id, handler]) => vscode.commands.registerCommand(id, handler)),
  );
}

function openWalkthrough(extension: string): Thenable<unknown> {
  return vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extension}#start`, false);
}

function openSettings(extension: string): Thenable<unknown> {
  return vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${extension}`);
}

async function copyMessage(node: TreeNode): Promise<void> {
  if (node.kind === 'finding') await vscode.env.clipboard.writeText(node.listed.finding.message);
}
