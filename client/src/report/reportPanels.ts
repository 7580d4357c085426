import * as vscode from 'vscode';
import type { RoutePlace } from '#shared/reportMessages.ts';
import { REPORT_VIEW } from '../commandIds.ts';
import type { FolderState } from '../state/projectState.ts';
import { newPanel, type ReportBench, type ReportPanel, reportPanel } from './reportPanel.ts';

/** The open reports, one for each folder at most. */
export interface ReportPanels extends vscode.Disposable {
  show(folder: FolderState, route: RoutePlace | null): void;
  /** URI of the folder whose report is in front; null where none is. */
  active(): string | null;
}

/** Reports that were open when the window was closed come back with it. */
export function createReportPanels(bench: ReportBench): ReportPanels {
  const open = new Map<string, ReportPanel>();

  function fill(folder: string, panel: vscode.WebviewPanel): ReportPanel {
    const filled = reportPanel(bench, folder, panel);
    open.set(folder, filled);
    panel.onDidDispose(() => open.delete(folder));
    return filled;
  }

  const revived = vscode.window.registerWebviewPanelSerializer(REPORT_VIEW, {
    deserializeWebviewPanel: async (panel, remembered: unknown) => {
      const folder = folderIn(remembered);
      if (folder === null || open.has(folder)) panel.dispose();
      else fill(folder, panel);
    },
  });
  return {
    show: (folder, route) => (open.get(folder.uri) ?? fill(folder.uri, newPanel(folder))).reveal(route),
    active: () => [...open].find(([, { panel }]) => panel.active)?.[0] ?? null,
    dispose: () => {
      revived.dispose();
      for (const { panel } of [...open.values()]) panel.dispose();
    },
  };
}

function folderIn(remembered: unknown): string | null {
  if (typeof remembered !== 'object' || remembered === null || !('folder' in remembered)) return null;
  return typeof remembered.folder === 'string' ? remembered.folder : null;
}
