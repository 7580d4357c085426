import * as vscode from 'vscode';
import { COMMANDS } from '../commandIds.ts';
import type { ProjectStore } from '../state/projectStore.ts';
import { statusText, TOOLTIP_COMMANDS } from './statusText.ts';

/** The item at the bottom of the window: what goes on, and how many findings there are. */
export function createStatusBar(store: ProjectStore): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('querylens.status', vscode.StatusBarAlignment.Left, 10);
  item.name = 'Querylens';
  item.command = COMMANDS.focusFindings;
  const draw = (): void => {
    const { text, tooltip, spoken, alarming } = statusText(store.state());
    item.text = text;
    item.tooltip = new vscode.MarkdownString(tooltip, true);
    item.tooltip.isTrusted = { enabledCommands: [...TOOLTIP_COMMANDS] };
    item.accessibilityInformation = { label: spoken, role: 'button' };
    item.backgroundColor = alarming ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
  };
  draw();
  item.show();
  return vscode.Disposable.from(item, store.onChange(draw));
}
