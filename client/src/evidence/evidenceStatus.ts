import * as vscode from 'vscode';
import { COMMANDS } from '../commandIds.ts';
import type { ProjectStore } from '../state/projectStore.ts';
import { evidenceOverview } from './evidenceOverview.ts';
import { type ItemWords, receivingWords, watchingWords } from './evidenceWords.ts';

/** Two items at the bottom of the window, there as long as logs are followed or the receiver listens; a click ends it. */
export function createEvidenceStatus(store: ProjectStore): vscode.Disposable {
  const watching = itemOf('querylens.watching', 'Querylens: watched logs', 9, COMMANDS.stopWatching);
  const receiving = itemOf('querylens.receiving', 'Querylens: receiver', 8, COMMANDS.stopReceiver);
  const draw = (): void => {
    const overview = evidenceOverview(store.state());
    show(watching, watchingWords(overview));
    show(receiving, receivingWords(overview));
  };
  draw();
  return vscode.Disposable.from(watching, receiving, store.onChange(draw));
}

function itemOf(id: string, name: string, priority: number, command: string): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Left, priority);
  item.name = name;
  item.command = command;
  return item;
}

function show(item: vscode.StatusBarItem, words: ItemWords | null): void {
  if (words === null) {
    item.hide();
    return;
  }
  item.text = words.text;
  item.tooltip = words.tooltip;
  item.accessibilityInformation = { label: words.tooltip, role: 'button' };
  item.show();
}
